"""checks"""


def records(con):
    pass


def published(path):
    pass
