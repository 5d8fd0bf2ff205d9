#!/usr/bin/env python3
"""Runs every query of schemas/data-guide.md on a recorded run, and compares balances and decisions with the API.

Usage: data-guide.py PROGRAM FOLDER [KEY=VALUE of the running system …]

PROGRAM is the built `holdfast`, FOLDER an empty folder. A run with traffic comes first; its books are then exported by
a second run without traffic, which the API is asked of. Needs the Python package `duckdb`.
"""

import base64
import decimal
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import duckdb

GUIDE = pathlib.Path(__file__).parent.parent / "schemas" / "data-guide.md"
START_SECONDS = 120


def free_address():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{listener.getsockname()[1]}"


def read_env(path):
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name: value.strip().strip("'") for name, value in pairs}


class Api:
    def __init__(self, address, token):
        self.address, self.token = address, token

    def get(self, path):
        request = urllib.request.Request(f"http://{self.address}{path}")
        request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://{self.address}/readyz", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def lines(self, path, name):
        """All lines of a list, page after page."""
        cursor, lines = None, []
        while True:
            page = self.get(path + (f"&cursor={cursor}" if cursor else ""))
            lines += page[name]
            cursor = page["cursor"]
            if cursor is None:
                return lines


def buy(address, credentials):
    """One purchase that stays open: the run with traffic ends all of its own."""
    funding = {"token": "guide-jit", "method": "pgfs.authorization", "user_token": "demo-you", "amount": 42.10}
    body = {"token": "guide", "type": "authorization", "user_token": "demo-you", "card_token": "demo-you-card",
            "amount": 42.10, "currency_code": "USD", "gpa_order": {"jit_funding": funding}}
    request = urllib.request.Request(f"http://{address}/jit", data=json.dumps(body).encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(credentials.split(",")[0].encode()).decode())
    urllib.request.urlopen(request, timeout=10).close()


def export(program, folder):
    """Exports what a run without traffic finds; returns what the API says of the same books."""
    data, private = folder / "data", free_address()
    addresses = {
        "HOLDFAST_PUBLIC_ADDR": free_address(),
        "HOLDFAST_PRIVATE_ADDR": private,
        "HOLDFAST_WORKERS_ADDR": free_address(),
    }
    command = [program, "up", "--no-traffic", "--data-dir", str(data)]
    log = open(folder / "up.log", "w")
    system = subprocess.Popen(command, env=os.environ | addresses, stdout=log, stderr=log)
    try:
        api = Api(private, read_env(data / "credentials.env")["HOLDFAST_OPERATOR_TOKEN"])
        deadline = time.monotonic() + START_SECONDS
        while not api.is_ready():
            if system.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"the system did not start:\n{(folder / 'up.log').read_text()}")
            time.sleep(0.2)
        buy(addresses["HOLDFAST_PUBLIC_ADDR"], read_env(data / "credentials.env")["HOLDFAST_GATEWAY_CREDENTIALS"])
        url = read_env(data / "running.env")["HOLDFAST_DATABASE_URL"]
        environment = os.environ | {"HOLDFAST_DATABASE_URL": url}
        subprocess.run([program, "export", "--output", str(folder / "events.ndjson")], env=environment, check=True)
        accounts = api.lines("/api/v1/accounts?limit=1000", "accounts")
        decisions = api.lines("/api/v1/decisions?limit=1000", "decisions")
        return accounts, decisions
    finally:
        system.send_signal(signal.SIGINT)
        system.wait(timeout=60)


def run_queries(folder):
    """The result of each named query of the guide."""
    database = duckdb.connect()
    os.chdir(folder)
    results = {}
    for block in re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.S):
        named = re.match(r"-- (\w+)\n", block)
        if named is None:
            database.execute(block)
            continue
        rows = database.execute(block)
        names = [column[0] for column in rows.description]
        results[named[1]] = [dict(zip(names, row)) for row in rows.fetchall()]
    return results


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"the guide and the API differ about {what}:\n  guide {found}\n  api   {wanted}")


def compare(results, accounts, decisions):
    amount = lambda value: decimal.Decimal(value or 0).normalize()
    parts = ("posted", "held", "pending_credit")
    moved = lambda row: any(amount(row[part]) for part in parts)
    guide = {
        (row["account"], row["currency"]): tuple(amount(row[part]) for part in parts)
        for row in results["balances"]
        if moved(row)
    }
    api = {
        (account["token"], balance["currency"]): tuple(amount(balance[part]) for part in parts)
        for account in accounts
        for balance in account["balances"]
        if moved(balance)
    }
    expect("balances", guide, api)
    held = {}
    for row in results["open_holds"]:
        key = (row["account"], row["currency"])
        held[key] = held.get(key, decimal.Decimal(0)) + row["held"]
    held = {key: amount(value) for key, value in held.items()}
    expect("open holds", held, {key: value[1] for key, value in api.items() if value[1]})
    outcomes = {}
    for decision in decisions:
        outcomes[decision["outcome"]] = outcomes.get(decision["outcome"], 0) + 1
    counted = {}
    for row in results["declines"]:
        counted[row["outcome"]] = counted.get(row["outcome"], 0) + row["requests"]
    expect("decisions", counted, outcomes)
    expect("the trial balance", [row for row in results["trial_balance"] if row["difference"]], [])


def main():
    program, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    addresses = {name: free_address() for name in ("HOLDFAST_PUBLIC_ADDR", "HOLDFAST_PRIVATE_ADDR", "HOLDFAST_WORKERS_ADDR")}
    traffic = [program, "up", "--for", "15s", "--data-dir", str(folder / "data")]
    with open(folder / "traffic.log", "w") as log:
        played = subprocess.run(traffic, env=os.environ | addresses, stdout=log, stderr=log, timeout=300)
    if played.returncode:
        sys.exit(f"the run with traffic failed:\n{(folder / 'traffic.log').read_text()}")
    accounts, decisions = export(program, folder)
    results = run_queries(folder)
    for name in ("approval_rate", "declines", "open_holds", "settled", "balances", "trial_balance", "decision_time"):
        if not results.get(name):
            sys.exit(f"the query {name} of the guide found nothing")
    compare(results, accounts, decisions)
    print(f"{len(results)} passed, 0 failed")


main()
