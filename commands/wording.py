"""What argparse and the operating system say in English, in Chinese."""

from __future__ import annotations

import argparse
import errno

ARGPARSE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r，可用：%(choices)s",
    "not allowed with argument %s": "不能与 %s 同用",
    "ignored explicit argument %r": "不带值，多写了 %r",
    "the following arguments are required: %s": "缺少 %s",
    "one of the arguments %s is required": "%s 中要有一个",
    "expected one argument": "后面要有一个值",
    "expected at most one argument": "后面最多一个值",
    "expected at least one argument": "后面至少要有一个值",
    "expected %s argument": "后面要有 %s 个值",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "invalid %(type)s value: %(value)r": "不能用 %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可用：%(choices)s",
}
SYSTEM = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘出错",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "找不到",
    errno.EEXIST: "已经存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "不是本机的地址",
}


def translate_argparse() -> None:
    """It looks its sentences up under these names, as it was made for gettext."""
    vars(argparse)["_"] = lambda text: ARGPARSE.get(text, text)
    vars(argparse)["ngettext"] = lambda one, more, number: ARGPARSE.get(one, one)


def reason(error: OSError) -> str:
    """Why the system refused; its number where there is no word for it here."""
    return SYSTEM.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统没有说明原因")
