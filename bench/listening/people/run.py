#!/usr/bin/env python3
"""200,000 people through the pages: how long reading, planning and storing take, on a real server.

    python3 bench/listening/people/run.py [PROGRAM] [PEOPLE] [DATABASE_URL]

PROGRAM is `target/release/throughline` if not given. Needs nothing but Python.
"""
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlencode, urlparse

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "target/release/throughline"
PEOPLE = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
DATABASE = sys.argv[3] if len(sys.argv) > 3 else None
TEAM = 25


def company(people):
    """An HR export: three levels, a manager each, two of three with an address."""
    lines = ["Employee Id,First Name,Email,Level 1,Level 2,Level 3,Manager ID,Job Title,Language,Status"]
    for n in range(people):
        team = n // TEAM
        manager = team * TEAM if n % TEAM else (team // TEAM * TEAM * TEAM if team % TEAM else 0)
        email = "" if n % 3 == 0 else f"p{n}@example.org"
        lines.append(
            f"E{n:06},Name,{email},Company,Region {team // 200},Team {team},"
            f"{f'E{manager:06}' if manager != n else ''},Job {n % 40},{'es' if n % 5 == 0 else 'en'},Active"
        )
    return "\n".join(lines).encode()


class Visitor:
    def __init__(self, port):
        self.port, self.cookie = port, None

    def send(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"sec-fetch-site": "same-origin", "content-type": kind}
        if self.cookie:
            headers["cookie"] = self.cookie
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.getheader("set-cookie"):
            self.cookie = answer.getheader("set-cookie").split(";")[0]
        assert answer.status in (200, 303), (method, path, answer.status, text[:500])
        return answer.getheader("location"), text

    def upload(self, data):
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="people"; filename="people.csv"\r\n\r\n'
            + data + b"\r\n--edge--\r\n"
        )
        return self.send("POST", "/people/upload", body, "multipart/form-data; boundary=edge")


def cpu(process):
    """CPU-seconds of the server so far; a machine that does other things tells less by the clock."""
    with open(f"/proc/{process.pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(process, what, act):
    begun, before = time.monotonic(), cpu(process)
    result = act()
    seconds = time.monotonic() - begun
    print(f"{what:<44} {seconds:6.1f} s  ({cpu(process) - before:.1f} CPU-seconds)", flush=True)
    return result, seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        command = [PROGRAM, "serve", "--workspace", folder, "--listen", "127.0.0.1:0"]
        if DATABASE:
            command += ["--database-url", DATABASE]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            said = ""
            while "/start/" not in said:
                said += server.stderr.readline()
            start = urlparse(re.search(r"http://\S+/start/\S+", said).group(0))
            owner = Visitor(start.port)
            owner.send("POST", start.path, urlencode({"email": "owner@example.org"}))
            data = company(PEOPLE)
            (preview, _), reading = timed(server, f"{PEOPLE:,} people read and planned", lambda: owner.upload(data))
            (_, page), _ = timed(server, "  the page that shows it", lambda: owner.send("GET", preview))
            assert f"{PEOPLE:,} people" in page
            _, storing = timed(server, "stored", lambda: owner.send("POST", preview, ""))
            print(f"{'from the file to the disk':<44} {reading + storing:6.1f} s  (asked: under 20)")
            (preview, _), _ = timed(server, "the same file again, planned", lambda: owner.upload(data))
            assert "Nothing:" in owner.send("GET", preview)[1]
            moved = data.replace(b"Region 1,", b"Region 2,")
            (preview, _), _ = timed(server, "a region moved, planned", lambda: owner.upload(moved))
            timed(server, "stored", lambda: owner.send("POST", preview, ""))
            fields = [("name", "All"), ("closes_on", "2099-01-01"), ("language", "en"), ("who", "all"),
                      ("channel", "Call 1"), ("minimum_group", "5"), ("minimum_comments", "10"),
                      ("keep_words_days", "730"), ("without_email", "slip")]
            (round_, _), _ = timed(server, "a round drafted", lambda: owner.send("POST", "/rounds", urlencode(fields)))
            timed(server, "its page, the audience weighed", lambda: owner.send("GET", round_))
            timed(server, "opened: cells, members, secret", lambda: owner.send("POST", round_ + "/opening", ""))
            timed(server, "links of all as a file", lambda: owner.send("POST", round_ + "/links", ""))
        finally:
            server.terminate()
            server.wait()


main()
