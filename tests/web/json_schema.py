"""The few rules of JSON Schema that our own schema uses, so that no library is needed for them."""

from datetime import datetime
from urllib.parse import urlsplit

TYPES = {"object": dict, "array": list, "string": str, "integer": int}


def faults(value, schema, where="$"):
    """Every place where `value` breaks `schema`, as sentences."""
    found = []
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        return [f"{where} is no {schema['type']}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is {value!r}")
    if "format" in schema and not _has_form(value, schema["format"]):
        found.append(f"{where} is no {schema['format']}: {value!r}")
    if isinstance(value, (str, list)) and len(value) < schema.get("minLength", 0):
        found.append(f"{where} is too short")
    if isinstance(value, list):
        found += _faults_of_list(value, schema, where)
    return found + (_faults_of_object(value, schema, where) if isinstance(value, dict) else [])


def _faults_of_list(value, schema, where):
    found = [f"{where} has too few"] if len(value) < schema.get("minItems", 0) else []
    for place, item in enumerate(value):
        found += faults(item, schema.get("items", {}), f"{where}[{place}]")
    return found


def _faults_of_object(value, schema, where):
    known = schema.get("properties", {})
    found = [f"{where} lacks {name}" for name in schema.get("required", ()) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{where} has {name}" for name in value if name not in known]
    for name in value.keys() & known.keys():
        found += faults(value[name], known[name], f"{where}.{name}")
    return found


def _has_form(value, form):
    if not isinstance(value, str):
        return False
    if form == "uri":
        return urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).netloc)
    return datetime.fromisoformat(value).tzinfo is not None
