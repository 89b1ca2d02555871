"""Carries out calls with boto3: see line-driver.ts."""
import base64
import datetime
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

NAMES = {"route-53": "route53"}
clients = {}


def to_sdk(value):
    if isinstance(value, dict):
        if list(value) == ["bytes"]:
            return value["bytes"].encode()
        if list(value) == ["base64"]:
            return base64.b64decode(value["base64"])
        if list(value) == ["instant"]:
            return value["instant"]
        return {name: to_sdk(member) for name, member in value.items()}
    return [to_sdk(member) for member in value] if isinstance(value, list) else value


def from_sdk(value):
    if isinstance(value, dict):
        return {name: from_sdk(member) for name, member in value.items() if name != "ResponseMetadata"}
    if isinstance(value, list):
        return [from_sdk(member) for member in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.read().decode() if hasattr(value, "read") else value


def carry_out(call):
    key = (call["service"], call["region"])
    if key not in clients:
        config = Config(retries={"total_max_attempts": 1})
        clients[key] = boto3.client(NAMES.get(key[0], key[0]), region_name=key[1], config=config)
    try:
        return {"output": from_sdk(getattr(clients[key], xform_name(call["operation"]))(**to_sdk(call["input"])))}
    except ClientError as error:
        answered = error.response["Error"]
        return {"error": {"code": answered["Code"], "message": answered.get("Message", "")}}
    except BotoCoreError as error:
        return {"error": {"code": type(error).__name__, "message": str(error)}}


for line in sys.stdin:
    print(json.dumps(carry_out(json.loads(line))), flush=True)
