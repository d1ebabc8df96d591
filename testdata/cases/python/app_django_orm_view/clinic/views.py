from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from .llm import complete
from .models import Patient


@require_GET
def plain_language(request, pk: int):
    patient = get_object_or_404(Patient, pk=pk)
    answer = complete(f"Explain in plain language: {patient.diagnosis}")
    return JsonResponse({"answer": answer})
