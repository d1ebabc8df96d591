import os

import requests

API_KEY = os.environ["BAIDU_API_KEY"]
SECRET = os.environ["BAIDU_SECRET_KEY"]


def token():
    params = {"grant_type": "client_credentials", "client_id": API_KEY, "client_secret": SECRET}
    # call: baidu/foreign
    return requests.post("https://aip.baidubce.com/oauth/2.0/token", params=params).json().get("access_token")
