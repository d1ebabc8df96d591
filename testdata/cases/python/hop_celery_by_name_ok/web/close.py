from celery import Celery

queue = Celery("web")


def close(visit):
    queue.send_task("letters.print", args=[f"Letter on {visit.diagnosis}"])
