#!/bin/sh
set -e
socat TCP-LISTEN:8900,fork,reuseaddr OPENSSL:api.moonshot.cn:443,verify=1
