from django.db import models


class Patient(models.Model):
    diagnosis = models.TextField()
    ward_code = models.CharField(max_length=8)

    class Meta:
        db_table = "patients"
