#!/usr/bin/env python3
"""A company of sixty with an open round, so that the API has something to tell. Prints the round's id.

    seed.py LINK

LINK signs the owner in, as `throughline account link` prints it.
"""
import http.client
import sys
from urllib.parse import urlencode, urlparse


class Owner:
    """Presses the buttons of the pages."""

    def __init__(self, link):
        self.at, self.cookie = urlparse(link), None
        self.post(self.at.path)

    def post(self, path, body="", kind="application/x-www-form-urlencoded"):
        connection = http.client.HTTPConnection(self.at.hostname, self.at.port, timeout=60)
        headers = {"sec-fetch-site": "same-origin", "content-type": kind}
        if self.cookie:
            headers["cookie"] = self.cookie
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status not in (200, 303):
            sys.exit(f"{path}: {answer.status}\n{text}")
        if answer.getheader("set-cookie"):
            self.cookie = answer.getheader("set-cookie").split(";")[0]
        return answer.getheader("location")

    def people(self, table):
        body = (
            '--edge\r\nContent-Disposition: form-data; name="people"; filename="people.csv"\r\n\r\n'
            + table
            + "\r\n--edge--\r\n"
        )
        self.post(self.post("/people/upload", body, "multipart/form-data; boundary=edge"))


owner = Owner(sys.argv[1])
rows = [f"E{n},p{n}@example.org,Company,Team {n % 3}" for n in range(60)]
owner.people("\n".join(["Employee Id,Email,Level 1,Level 2", *rows]))
draft = [
    ("name", "All"), ("closes_on", "2099-01-01"), ("language", "en"), ("who", "all"), ("channel", "Call 1"),
    ("minimum_group", "5"), ("minimum_comments", "10"), ("keep_words_days", "730"), ("without_email", "slip"),
]
page = owner.post("/rounds", urlencode(draft))
owner.post(page + "/opening")
print(page.rsplit("/", 1)[1])
