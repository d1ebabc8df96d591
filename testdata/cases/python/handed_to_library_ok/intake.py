import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")
queue = ThreadPoolExecutor()


def messages(text):
    return [{"role": "user", "content": text}]


async def in_a_thread(patient):
    # call: deepseek/foreign
    return await asyncio.to_thread(client.chat.completions.create, model="m", messages=messages(patient.ward))


def bound_in_part(patient):
    # call: deepseek/foreign
    ask = functools.partial(client.chat.completions.create, model="m", messages=messages("hello"))
    return ask, patient.diagnosis


async def stored(patient, archive):
    # ok: what is handed over writes to a file
    return await asyncio.to_thread(archive.write, patient.diagnosis)


class Form:
    def submit(self, action, **fields):
        return action, fields


def no_pool(patient):
    # ok: a form of the program, which calls nothing it is handed
    return Form().submit(client.chat.completions.create, model="m", messages=messages(patient.diagnosis))
