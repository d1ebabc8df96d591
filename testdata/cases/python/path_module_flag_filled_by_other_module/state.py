mode = None
