mode = ""
