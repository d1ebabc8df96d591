from django.db import models


class SupportTicket(models.Model):
    description = models.TextField()
    queue = models.CharField(max_length=20)
