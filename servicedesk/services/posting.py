"""Handing a text to a chat robot or a mail server.

The robots answer HTTP 200 also when they refuse, with the reason in the body: only a body that says zero is a
success. Neither an address nor an answer is ever logged or kept: both name the secret.
"""

import base64
import hashlib
import hmac
import json
import re
import smtplib
import time
import urllib.error
import urllib.request
from urllib.parse import quote_plus

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from servicedesk.choices import ChannelKind
from servicedesk.errors import ChannelAddressWrong
from servicedesk.models import Channel

SECONDS = 8
TOO_MANY = 429
# What WeCom, DingTalk and Feishu say inside a polite 200 when the minute is full.
TOO_FAST_CODES = frozenset({45009, 130101, 11232})
TOO_FAST = "对方说发得太快,稍后自动再发"
LONGEST_ANSWER = 4096
MAIL_PORTS_WITH_TLS = (465,)
KEY = r"[A-Za-z0-9_-]{8,128}"
# The robots' own hosts and nothing else: an address typed on a screen must not reach into the house's network.
ADDRESSES = {
    ChannelKind.WECOM: re.compile(rf"^https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key={KEY}$"),
    ChannelKind.DINGTALK: re.compile(rf"^https://oapi\.dingtalk\.com/robot/send\?access_token={KEY}$"),
    ChannelKind.FEISHU: re.compile(rf"^https://open\.(feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/{KEY}$"),
    ChannelKind.EMAIL: re.compile(r"^[^@\s,]+@[^@\s,]+\.[^@\s,]+(\s*,\s*[^@\s,]+@[^@\s,]+\.[^@\s,]+){0,19}$"),
}
RULES = {
    ChannelKind.WECOM: "“https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…”",
    ChannelKind.DINGTALK: "“https://oapi.dingtalk.com/robot/send?access_token=…”",
    ChannelKind.FEISHU: "“https://open.feishu.cn/open-apis/bot/v2/hook/…”",
    ChannelKind.EMAIL: "邮箱,多个用逗号隔开,最多 20 个",
}
# Bytes of UTF-8 that one message may have.
LONGEST = {
    ChannelKind.WECOM: 2000, ChannelKind.DINGTALK: 18_000, ChannelKind.FEISHU: 18_000, ChannelKind.EMAIL: 60_000,
}


class NotPosted(Exception):
    """A try that failed; its sentence is kept beside the text."""


class _SameAddress(urllib.request.HTTPRedirectHandler):
    """A robot that sends us elsewhere is none."""

    def redirect_request(self, *args, **kwargs):  # noqa: ARG002
        return None


def check_address(kind: str, address: str) -> None:
    """Raise ChannelAddressWrong for what is no address of that kind."""
    if not ADDRESSES[ChannelKind(kind)].match(address):
        raise ChannelAddressWrong(field="address", kind=ChannelKind(kind).label, rule=RULES[ChannelKind(kind)])


def post(channel: Channel, text: str) -> None:
    """Hand `text` over, waiting at most some seconds.

    Raises:
        NotPosted: no network, no answer, or refused; the sentence says which.
    """
    if channel.kind == ChannelKind.EMAIL:
        _mail(channel, text)
    else:
        _say(channel, text)


def _say(channel: Channel, text: str) -> None:
    url, body = _request(channel, text)
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(_SameAddress)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            said = json.loads(answer.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        raise NotPosted(TOO_FAST if error.code == TOO_MANY else f"对方服务器出错({error.code})") from None
    except (OSError, ValueError):
        raise NotPosted("没有网络,或对方没有回答") from None
    code = said.get("errcode", said.get("code", 0)) if isinstance(said, dict) else -1
    if isinstance(code, int) and code in TOO_FAST_CODES:
        raise NotPosted(TOO_FAST)
    if code != 0:
        raise NotPosted(f"对方拒收(代码 {str(code)[:12]}),请核对地址、密钥和安全设置")


def _request(channel: Channel, text: str) -> tuple[str, dict]:
    now = int(time.time())
    if channel.kind == ChannelKind.FEISHU:
        signed = {"timestamp": str(now), "sign": _feishu_sign(channel.secret, now)} if channel.secret else {}
        return channel.address, {"msg_type": "text", "content": {"text": text}, **signed}
    url = channel.address
    if channel.kind == ChannelKind.DINGTALK and channel.secret:
        url += f"&timestamp={now * 1000}&sign={quote_plus(_dingtalk_sign(channel.secret, now * 1000))}"
    return url, {"msgtype": "text", "text": {"content": text}}


def _dingtalk_sign(secret: str, moment: int) -> str:
    return _mac(secret.encode(), f"{moment}\n{secret}".encode())


def _feishu_sign(secret: str, moment: int) -> str:
    return _mac(f"{moment}\n{secret}".encode(), b"")


def _mac(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _mail(channel: Channel, text: str) -> None:
    host, _, port = channel.server.partition(":")
    number = int(port or 465)
    is_whole = number in MAIL_PORTS_WITH_TLS
    backend = EmailBackend(
        host=host, port=number, username=channel.account, password=channel.secret, use_ssl=is_whole,
        use_tls=not is_whole and bool(channel.account), timeout=SECONDS,
    )
    receivers = [each.strip() for each in channel.address.split(",")]
    subject = text.partition("\n")[0][:60]
    sender = channel.account or f"desk@{host}"
    try:
        EmailMessage(subject, text, sender, bcc=receivers, connection=backend).send()
    except smtplib.SMTPAuthenticationError:
        raise NotPosted("发信账号或密码不对") from None
    except smtplib.SMTPException:
        raise NotPosted("邮件服务器拒收,请核对账号和收件地址") from None
    except OSError:
        raise NotPosted("没有网络,或邮件服务器没有回答") from None
