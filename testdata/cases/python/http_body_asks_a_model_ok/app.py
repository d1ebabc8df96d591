import httpx


def send(cfg, customer):
    # ok: a form of somebody's own
    return httpx.post(cfg.endpoint, json={"model": cfg.car, "message": customer.email})
