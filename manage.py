"""工会驾驶舱的命令行。退出码：0 完成；1 数据或环境不合要求；2 用法有误。"""
# The standard library, commands/ and modules of cockpit that need no more: the packages may not be there yet.

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cockpit.refusals import reason
from commands import REFUSED, USAGE, Stop, backup, data, history, intake, pseudonyms, serve, verify, weekly
from commands.signed import signed
from commands.wording import translate_argparse


class Parser(argparse.ArgumentParser):
    """Says in Chinese that the usage is wrong, and where the help is."""

    def error(self, message: str):
        self.exit(
            USAGE, f"{self.format_usage()}用法有误：{message}\n运行 python3 {self.prog} --help 查看说明。\n"
        )


def whole(least: int, most: int):
    """An argparse type: a whole number from `least` to `most`."""

    def parse(text: str) -> int:
        if text.isdecimal() and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text} 不是 {least} 到 {most} 的整数")

    return parse


def add_verb(verbs, name: str, says: str, action, passes_on: bool = False) -> argparse.ArgumentParser:
    """`action` turns the arguments into an exit code; `passes_on` allows unknown ones, kept in `rest`."""
    verb = verbs.add_parser(name, help=says, description=says, allow_abbrev=False)
    verb.set_defaults(action=action, passes_on=passes_on, parser=verb)
    return verb


def command_line() -> Parser:
    parser = Parser(prog="manage.py", description=__doc__, allow_abbrev=False)
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True)
    says = "建环境、备数据、建库并启动服务，打印网址后留在前台；Ctrl-C 停止"
    run = add_verb(verbs, "run", says, lambda args: serve.run(args.host, args.port, args.wall))
    run.add_argument("--port", type=whole(1, 65535), default=8501, help="端口，默认 %(default)s")
    run.add_argument("--host", default="127.0.0.1", help="监听地址，默认 %(default)s（只限本机）")
    run.add_argument("--wall", action="store_true", help="另打印大屏的网址")
    says = "依次检查代码风格、格式、类型，再运行全部测试（含浏览器）；其余参数原样交给 pytest"
    test = add_verb(verbs, "test", says, lambda args: verify.test(args.rest), passes_on=True)
    test.usage = "manage.py test [-h] [pytest 的参数 ...]"
    add_etl(verbs)
    add_pseudonymise(verbs)
    add_value(verbs)
    add_weekly(verbs)
    add_backup(verbs)
    return parser


def add_etl(verbs) -> None:
    says = "数据：建库、检查来文、生成模板、生成演示数据"
    parser = verbs.add_parser("etl", help=says, description=says, allow_abbrev=False)
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True)
    says = "读收件箱中的新文件，建库并发布新版本；解除回退留下的固定"
    build = signed(verbs, add_verb, "build", says, lambda args: data.build(args.by, args.clock_is_right))
    says = "已核对本机时钟无误：此前的收件时间是走快的时钟记下的，不再作准；记入日志"
    build.add_argument("--clock-is-right", action="store_true", help=says)
    says = "检查文件但不入库；有退回的行或文件时退出码为 1"
    check = add_verb(verbs, "check", says, lambda args: data.check(args.files, args.answers))
    check.add_argument("files", metavar="FILE", type=Path, nargs="+", help="要检查的 xlsx、xls 或 csv 文件")
    says = "把有错的文件做成标红、带“退回说明”的退回文件，放进这个文件夹；原文件不动"
    check.add_argument("--return", metavar="DIR", type=Path, dest="answers", help=says)
    add_template(verbs)
    demo = add_verb(verbs, "demo", "生成演示数据", lambda args: data.demo(args.scale, args.seed, args.out))
    demo.add_argument(
        "--scale", metavar="N", type=whole(1, 1000), default=1, help="记录数的倍数，默认 %(default)s"
    )
    says = "随机种子，默认 %(default)s；种子相同则内容相同"
    demo.add_argument("--seed", metavar="N", type=whole(0, 2**32 - 1), default=serve.SEED, help=says)
    demo.add_argument("--out", metavar="DIR", type=Path, help="文件夹，默认数据文件夹中的 inbox")
    intake.declare(verbs, add_verb)
    history.declare(verbs, add_verb)


def add_template(verbs) -> None:
    says = "生成一种来源的空白填报模板"
    template = add_verb(
        verbs, "template", says, lambda args: data.template(args.source, args.district, args.out)
    )
    template.add_argument("source", metavar="SOURCE", help="来源，如 enterprise（企业）；写错时列出全部来源")
    says = "区划代码，如 330521：标题写好区县名，下拉列表只有本区县的镇街；默认全市"
    template.add_argument("--district", metavar="CODE", help=says)
    template.add_argument(
        "--out", metavar="PATH", type=Path, help="文件或文件夹，默认当前文件夹的 SOURCE.xlsx"
    )


def add_pseudonymise(verbs) -> None:
    says = "在本单位的电脑上，把文件中的身份证号换成用密钥算出的散列值（HMAC-SHA-256），再报送"
    parser = add_verb(
        verbs,
        "pseudonymise",
        says,
        lambda args: pseudonyms.pseudonymise(args.file, args.key_file, args.new_key, args.column, args.out),
    )
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="xlsx、xls 或 csv 文件；不会改动")
    parser.add_argument("--key-file", metavar="K", type=Path, required=True, help="密钥文件，只有本用户可读")
    parser.add_argument("--new-key", action="store_true", help="先生成密钥文件 K；已有的不覆盖")
    says = "身份证号所在列的表头，默认“人员标识”“身份证号”等常用的叫法"
    parser.add_argument("--column", metavar="NAME", help=says)
    parser.add_argument("--out", metavar="PATH", type=Path, help="写到哪里，默认原文件旁的“原名_散列”")


def add_value(verbs) -> None:
    says = "查一个指标的数，与页面卡片完全一致"
    value = add_verb(
        verbs,
        "value",
        says,
        lambda args: data.value(args.indicator, args.district, args.period, args.by, args.json),
    )
    value.add_argument(
        "indicator", metavar="INDICATOR", help="指标，如 members_new；全部指标见 docs/handbook.md"
    )
    value.add_argument("--district", metavar="CODE", help="区划代码，如 330521；默认全市")
    says = "时期，如 2023-H1、2023-Q2、2023-06、2023-YTD、2023-01-01..2023-03-31；默认与页面相同"
    value.add_argument("--period", metavar="P", help=says)
    value.add_argument("--by", metavar="BREAKDOWN", help="再按一个维度分列，如 method")
    value.add_argument("--json", action="store_true", help="输出 JSON")


def add_weekly(verbs) -> None:
    says = "做一周的周报：各页图片、周报.pptx、周报.pdf、数据.xlsx、manifest.json，放进 data/reports"
    parser = add_verb(
        verbs,
        "weekly",
        says,
        lambda args: weekly.weekly(
            weekly.Order(args.week, args.district, args.pages, args.version, args.url)
        ),
    )
    parser.add_argument("--week", metavar="W", help="ISO 周，如 2023-W25；默认数据中最近的整周")
    says = "区划代码，可写多个，每个一份；默认全市"
    parser.add_argument("--district", metavar="CODE", nargs="+", action="extend", default=[], help=says)
    says = "只拍这些页面，如 overview skills；默认全部"
    parser.add_argument("--pages", metavar="PAGE", nargs="+", action="extend", default=[], help=says)
    parser.add_argument("--version", metavar="V", help="用保留的这个数据版本重做；默认当前版本")
    says = "用已在运行的服务，如 http://127.0.0.1:8501；默认自己在空闲端口上启动一个"
    parser.add_argument("--url", metavar="URL", help=says)


def add_backup(verbs) -> None:
    says = "备份数据文件夹与设置；构建进行时也可以做，只写入新内容，逐个文件记校验值"
    take = add_verb(verbs, "backup", says, lambda args: backup.backup(args.place, args.keep, args.verify))
    take.add_argument("place", metavar="DIR", type=Path, help="放备份的文件夹，最好在另一块磁盘上")
    take.add_argument("--keep", metavar="N", type=whole(1, 10000), help="只留最近 N 份；默认全部保留")
    take.add_argument("--verify", action="store_true", help="不做备份，只逐个核对已有备份的校验值")
    says = "从备份恢复数据文件夹：先全部核对，再整体就位；数据文件夹须为空"
    back = signed(
        verbs,
        add_verb,
        "restore",
        says,
        lambda args: backup.restore(args.place, args.backup, args.replace, args.settings, args.by),
    )
    back.add_argument("place", metavar="DIR", type=Path, help="放备份的文件夹")
    back.add_argument("--backup", metavar="NAME", help="哪一份，如 000012-20230701-030000；默认最近一份")
    back.add_argument("--replace", action="store_true", help="数据文件夹不为空也恢复，现有数据移到旁边保留")
    back.add_argument("--settings", action="store_true", help="同时恢复 data/reference 中的设置")


def main(arguments: list[str]) -> int:
    translate_argparse()
    args, rest = command_line().parse_known_args(arguments)
    if rest and not args.passes_on:
        args.parser.error(f"不认识的参数 {' '.join(rest)}")
    args.rest = rest
    try:
        return args.action(args)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except OSError as error:
        print(f"读写未成功（{error.filename or '数据文件夹'}）：{reason(error)}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
