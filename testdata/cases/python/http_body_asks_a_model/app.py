import httpx


def send(cfg, customer):
    # flow: pii.contact.email -> unknown/unresolved
    return httpx.post(
        cfg.endpoint, json={"model": cfg.model, "messages": [{"role": "user", "content": customer.email}]}
    )
