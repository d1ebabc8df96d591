#!/bin/sh
export LLM_URL="http://127.0.0.1:11434/v1"
python app.py
