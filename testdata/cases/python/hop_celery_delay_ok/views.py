from tasks import summarise


def close(visit):
    summarise.delay(visit.number)


def reopen(visit):
    summarise.apply_async(args=["reopened"], kwargs={"lang": visit.lang}, countdown=5)
