from celery import Celery

queue = Celery("web")


def close(visit):
    queue.send_task("letters.write", args=[f"Letter on {visit.diagnosis}"])
