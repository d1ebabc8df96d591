from django.http import JsonResponse

from .tasks import suggest_reply


def suggest(request, pk: int):
    job = suggest_reply.delay(pk)
    return JsonResponse({"job": job.id})
