import requests


def notify(access_token, customer):
    # ok: a chat service
    requests.post(
        "https://open.feishu.cn/open-apis/im/v1/messages", json={"receive_id": customer.id, "access_token": access_token}
    )
    # ok: a desk of support
    requests.post("https://desk.example.com/api/v1/messages", json={"customer_email": customer.email})
