#!/bin/sh
export LLM_URL="http://$(docker network inspect bridge --format ip):11434/v1"
python app.py
