import redis

from llm import Drafter
from settings import load
from tickets import parse


def main() -> None:
    settings = load()
    queue = redis.from_url(settings.redis_url)
    drafter = Drafter(settings)
    while True:
        _, raw = queue.blpop("tickets")
        ticket = parse(raw)
        queue.rpush("drafts", drafter.draft(ticket))
        queue.rpush("categories", drafter.category(ticket))
        queue.rpush("faq", drafter.product_faq(ticket))


if __name__ == "__main__":
    main()
