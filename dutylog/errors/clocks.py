"""Refusals about clocks."""

from servicedesk.errors import Refusal


class NoServiceHours(Refusal):
    sentence = "没有设置服务台的开放时间,算不出服务时期限。请部门经理在“参数设置”的“来电咨询”里填写。"
