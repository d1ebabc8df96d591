import state


def boot(mode: str) -> None:
    state.mode = mode
