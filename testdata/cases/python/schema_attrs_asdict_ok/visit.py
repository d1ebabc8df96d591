import attr


@attr.s(auto_attribs=True)
class Visit:
    room: str
    floor: str
