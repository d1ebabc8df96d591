import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI
from tenacity import Retrying, stop_after_attempt

client = OpenAI(base_url="https://api.deepseek.com")


def messages(text):
    return [{"role": "user", "content": text}]


async def in_a_thread(patient):
    # flow: phi.diagnosis -> deepseek/foreign
    return await asyncio.to_thread(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))


async def bound_first(patient):
    loop = asyncio.get_running_loop()
    # flow: phi.diagnosis -> deepseek/foreign
    ask = functools.partial(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))
    return await loop.run_in_executor(None, ask)


def bound_in_part(patient):
    # flow: phi.diagnosis -> deepseek/foreign
    ask = functools.partial(client.chat.completions.create, model="m")
    return ask(messages=messages(patient.diagnosis))


async def bound_at_once(patient):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        None,
        # flow: phi.diagnosis -> deepseek/foreign
        functools.partial(client.chat.completions.create, model="m", messages=messages(patient.diagnosis)),
    )


class Clinic:
    def __init__(self):
        self.pool = ThreadPoolExecutor()

    def submitted(self, patient):
        # flow: phi.diagnosis -> deepseek/foreign
        return self.pool.submit(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))


def tried_again(patient):
    attempts = Retrying(stop=stop_after_attempt(3))
    # flow: phi.diagnosis -> deepseek/foreign
    return attempts(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))


def retry(call, *args, **kwargs):
    for _ in range(3):
        try:
            # flow: phi.diagnosis -> deepseek/foreign
            return call(*args, **kwargs)
        except TimeoutError:
            continue


def own_retry(patient):
    return retry(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))
