#!/bin/sh
LLM_URL='https://api.openai.com/v1' exec python reply.py
