"""What a robot or mail server is told, and what its answer means. The server is one of our own on this machine."""

import http.server
import json
import logging
import smtplib
import threading

import pytest

from servicedesk.models import Channel
from servicedesk.services import posting
from servicedesk.services.posting import NotPosted, post

pytestmark = pytest.mark.one_database


@pytest.fixture
def robot():
    """A robot of our own: `robot.answer` is what it says, `robot.heard` what it was told."""

    class Robot(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            server.heard.append((self.path, json.loads(self.rfile.read(length))))
            status, body, headers = server.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Quiet."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Robot)
    server.heard, server.answer = [], (200, b'{"errcode": 0}', {})
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def channel_of(robot, kind: str, secret: str = "") -> Channel:
    address = f"http://127.0.0.1:{robot.server_port}/send?key=topsecret"
    return Channel(name="群", kind=kind, address=address, secret=secret)


@pytest.mark.parametrize(("kind", "body"), [
    ("wecom", {"msgtype": "text", "text": {"content": "大风"}}),
    ("dingtalk", {"msgtype": "text", "text": {"content": "大风"}}),
    ("feishu", {"msg_type": "text", "content": {"text": "大风"}}),
])
def test_each_robot_gets_its_own_shape(robot, kind, body):
    post(channel_of(robot, kind), "大风")
    assert robot.heard == [("/send?key=topsecret", body)]


def test_a_signing_key_signs_and_never_travels(robot):
    post(channel_of(robot, "dingtalk", "SECabc"), "大风")
    post(channel_of(robot, "feishu", "SECabc"), "大风")
    (path, _), (_, body) = robot.heard
    assert "&timestamp=" in path
    assert "&sign=" in path
    assert set(body) == {"msg_type", "content", "timestamp", "sign"}
    assert "SECabc" not in json.dumps(robot.heard)


def test_signatures_are_those_of_the_manuals():
    assert posting._dingtalk_sign("SEC1", 1700000000000) == "ukR4+WoOOBTGaOauYqugxVrMSFyr92q4hPxJxuOkiio="
    assert posting._feishu_sign("SEC1", 1700000000) == "s3Va4ru9IQUY6HTJcYx7OEVyXl0V0S/y32v4ZbfOHCI="


@pytest.mark.parametrize(("answer", "sentence"), [
    ((200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', {}), "对方拒收(代码 93000)"),
    ((200, b'{"code": 19021, "msg": "sign match fail"}', {}), "对方拒收(代码 19021)"),
    ((200, b"<html>", {}), "没有网络"), ((502, b"", {}), "对方服务器出错(502)"),
    ((429, b"", {}), "对方说发得太快"), ((200, b'{"errcode": 45009}', {}), "对方说发得太快"),
    ((302, b"", {"Location": "http://127.0.0.1:1/"}), "对方服务器出错(302)"), ((200, b"[]", {}), "对方拒收"),
])
def test_a_refusal_is_no_success_even_with_200(robot, answer, sentence):
    robot.answer = answer
    with pytest.raises(NotPosted, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        post(channel_of(robot, "wecom"), "大风")


def test_without_a_network_the_sentence_says_so_and_no_log_names_the_address(caplog):
    dead = Channel(name="群", kind="wecom", address="http://127.0.0.1:9/send?key=topsecret")
    with caplog.at_level(logging.DEBUG), pytest.raises(NotPosted) as failure:
        post(dead, "大风")
    assert str(failure.value) == "没有网络,或对方没有回答"
    assert "topsecret" not in caplog.text
    assert failure.value.__cause__ is None


class MailServer:
    """Stands where smtplib's server would; remembers what it was handed."""

    sent: list = []
    failure: Exception | None = None

    def __init__(self, host, port, **more):
        self.host, self.port = host, port
        if isinstance(MailServer.failure, OSError):
            raise MailServer.failure

    def login(self, account, password):
        if MailServer.failure:
            raise MailServer.failure

    def starttls(self, **more):
        """Nothing."""

    def sendmail(self, sender, receivers, message):
        MailServer.sent.append((self.host, self.port, sender, receivers, message))

    def quit(self):
        """Nothing."""


@pytest.fixture
def mail_server(monkeypatch):
    MailServer.sent, MailServer.failure = [], None
    monkeypatch.setattr(smtplib, "SMTP", MailServer)
    monkeypatch.setattr(smtplib, "SMTP_SSL", MailServer)
    return MailServer


def mail_channel() -> Channel:
    return Channel(
        name="邮件", kind="email", address="a@example.com, b@example.com", secret="pw", server="smtp.example.com:587",
        account="desk@example.com",
    )


def test_mail_goes_to_all_without_showing_them_to_each_other(mail_server):
    post(mail_channel(), "大风预警\n第二行")
    (host, port, sender, receivers, message), = mail_server.sent
    assert (host, port, sender, receivers) == (
        "smtp.example.com", 587, "desk@example.com", ["a@example.com", "b@example.com"]
    )
    assert b"a@example.com" not in message


@pytest.mark.parametrize(("failure", "sentence"), [
    (smtplib.SMTPAuthenticationError(535, b"no"), "发信账号或密码不对"),
    (smtplib.SMTPException("no"), "邮件服务器拒收"), (ConnectionRefusedError(), "没有网络"),
])
def test_a_mail_that_did_not_go_says_why(mail_server, failure, sentence):
    mail_server.failure = failure
    with pytest.raises(NotPosted, match=sentence):
        post(mail_channel(), "大风")
