from django.db import models


class Account(models.Model):
    plan = models.CharField(max_length=20)
    seats = models.IntegerField()
    iban = models.CharField(max_length=34)
    newsletter_email = models.BooleanField(default=False)
