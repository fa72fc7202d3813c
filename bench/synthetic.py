"""Synthetic policy documents: the forms of real ones, words put together at random from a seed, no facts at all.

`document(seed, characters)` gives a text of about that length. What varies: province, issuing body, header block or
plain head, brackets and spaces of the document number, numbering (（一） or (一)), headings inline or alone, how
bodies are named and in which of five forms, targets and their qualifiers, goals, citations, quoted terms, closings.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

PROVINCES = [
    "青海省", "甘肃省", "陕西省", "四川省", "云南省", "贵州省", "湖南省", "湖北省", "河南省", "山东省", "江苏省",
    "浙江省", "安徽省", "福建省", "江西省", "广东省", "海南省", "吉林省", "辽宁省", "山西省",
]  # fmt: skip
BODIES = [
    "发展改革委", "教育厅", "科技厅", "工业和信息化厅", "公安厅", "民政厅", "财政厅", "人力资源社会保障厅",
    "自然资源厅", "生态环境厅", "住房城乡建设厅", "交通运输厅", "水利厅", "农业农村厅", "商务厅", "文化和旅游厅",
    "卫生健康委", "市场监管局", "统计局", "体育局", "广电局", "医保局", "税务局", "通信管理局", "邮政管理局",
    "地方金融监管局",
]  # fmt: skip
FIELDS = [
    "服务业", "养老服务", "现代物流", "数字经济", "冷链物流", "乡村旅游", "科技服务", "文化创意", "家政服务",
    "职业教育", "普惠金融", "农村电商", "城市更新", "公共法律服务", "应急管理", "绿色制造", "智慧交通", "医养结合",
    "体育健身",
]  # fmt: skip
VERBS = [
    "推进", "加快发展", "完善", "支持", "鼓励", "建立健全", "加强", "培育", "优化", "引导", "推动", "扩大", "规范",
    "深化",
]  # fmt: skip
OBJECTS = [
    "标准体系", "公共服务平台", "示范园区", "骨干企业", "人才队伍", "信用体系", "基础设施", "监测机制", "统计制度",
    "区域品牌", "供给结构", "营商环境", "质量提升行动", "产业集群", "服务网络", "创新能力", "应用场景",
]  # fmt: skip
TAILS = [
    "提高服务质量和效率", "形成优势互补的发展格局", "更好满足人民群众日益增长的需要", "打造一批特色鲜明的品牌",
    "促进融合发展", "完善相关政策措施", "夯实高质量发展的基础",
]  # fmt: skip
MEASURES = (
    ("增加值", "亿元"), ("增加值占地区生产总值比重", "%"), ("示范区数量", "个"), ("覆盖率", "%"),
    ("接待人数", "万人次"), ("销售额", "亿元"), ("普及率", "%"), ("床位数", "万张"),
)  # fmt: skip
HANZI = "一二三四五六七八九十"


def numeral(n: int) -> str:
    """Chinese numerals up to 99."""
    tens, ones = divmod(n, 10)
    return ("" if tens < 2 else HANZI[tens - 1]) + ("十" if tens else "") + (HANZI[ones - 1] if ones else "")


class Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        pick = self.random.choice
        self.province = pick(PROVINCES)
        self.field = pick(FIELDS)
        self.year = self.random.randint(2016, 2024)
        self.brackets = pick(("（）", "()"))
        self.inline = self.random.random() < 0.6
        self.form = self.random.randrange(5)

    def bodies(self, least: int, most: int) -> list[str]:
        return [f"省{b}" for b in self.random.sample(BODIES, self.random.randint(least, most))]

    def responsibility(self) -> str:
        left, right = self.brackets
        some = self.bodies(2, 6)
        match self.form:
            case 0:
                words = f"责任单位：{'、'.join(some)}"
            case 1:
                words = f"责任单位:{'，'.join(some)}"
            case 2:
                words = f"牵头单位：{some[0]}；配合单位：{'、'.join(some[1:])}"
            case 3:
                words = f"{some[0]}牵头，{'、'.join(some[1:])}按职责分工负责"
            case _:
                return ""
        return left + words + right

    def target(self) -> str:
        pick, name = self.random.choice, self.random.choice(FIELDS)
        what, unit = pick(MEASURES)
        number = self.random.randint(2, 98) if unit == "%" else self.random.randint(2, 900)
        verb, after = pick((("达到", ""), ("达到", "以上"), ("超过", ""), ("达", "左右"), ("不低于", "")))
        return f"{name}{what}{verb}{number}{unit}{after}"

    def sentence(self) -> str:
        pick, chance = self.random.choice, self.random.random()
        if chance < 0.10:
            goals = "，".join(self.target() for _ in range(self.random.randint(1, 3)))
            return f"到{self.year + 5}年，{goals}。"
        if chance < 0.16:
            name = pick(FIELDS) + pick(("提升", "培育", "攻坚"))
            return f"实施“{name}”行动，{pick(VERBS)}{pick(FIELDS)}{pick(OBJECTS)}，{pick(TAILS)}。"
        clauses = [f"{pick(VERBS)}{pick(FIELDS)}{pick(OBJECTS)}" for _ in range(self.random.randint(2, 6))]
        return "，".join([*clauses, pick(TAILS)]) + "。"

    def provision(self, number: int) -> str:
        left, right = self.brackets
        pick = self.random.choice
        heading = f"{left}{numeral(number)}{right}{pick(VERBS)}{pick(FIELDS)}{pick(OBJECTS)}。"
        body = "".join(self.sentence() for _ in range(self.random.randint(2, 6))) + self.responsibility()
        return heading + ("" if self.inline else "\n") + body

    def head(self) -> str:
        office, number = f"{self.province}人民政府办公厅", self.seed % 997 + 1 + 1000 * (self.seed // 997)
        code = f"{self.province[0]}政办{self.random.choice(('', '发', '函'))}{self.random.choice(('〔', '〔', '['))}"
        close = "]" if code.endswith("[") else "〕"
        number_line = f"{code}{self.year}{close}{number}号"
        title = f"关于推动{self.field}高质量发展的{self.random.choice(('实施意见', '实施方案', '若干措施', '通知'))}"
        if self.random.random() < 0.4:
            day = f"{self.year}年{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"
            return f"发布机构：{office}\n发文字号：{number_line}\n成文日期：{day}\n{title}\n{number_line}"
        return f"{office}\n{title}\n{number_line}"

    def text(self, characters: int) -> str:
        pick = self.random.choice
        cited = f"《关于促进{self.field}发展的指导意见》（国办发〔{self.year - 1}〕{self.random.randint(1, 90)}号）"
        lines = [self.head(), "各市州人民政府，省政府各委、办、厅、局：",
                 f"为贯彻落实{cited}精神，经省政府同意，现提出如下意见。"]  # fmt: skip
        used, parts = sum(map(len, lines)), ("总体要求", "发展目标", "重点任务", "政策措施", "保障措施")
        parts = parts[: max(1, characters // 600)]
        share = max(1, (characters - used) // len(parts))
        for part, heading in enumerate(parts, 1):
            lines.append(f"{numeral(part)}、{heading}")
            begun, number = used, 0
            while number == 0 or (used - begun + 150 < share and number < 40):
                number += 1
                lines.append(self.provision(number))
                used += len(lines[-1]) + 1
        lines.append("本意见自印发之日起施行。")
        office = f"{self.province}人民政府办公厅"
        lines += [office, f"{self.year}年{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"]
        if pick((True, False)):
            lines.append("（此件公开发布）")
        return "\n".join(lines) + "\n"


def document(seed: int, characters: int) -> str:
    return Writer(seed).text(characters)


def length(seed: int) -> int:
    """Characters: notices of 800 to plans of 20,000, half of them below 2,700, 3,500 on average."""
    return max(800, min(20_000, round(random.Random(f"length {seed}").lognormvariate(7.9, 0.72))))


def main() -> None:
    """python bench/synthetic.py FOLDER COUNT [CHARACTERS]"""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        size = int(sys.argv[3]) if len(sys.argv) > 3 else length(seed)
        (folder / f"{seed:06}.txt").write_text(document(seed, size), encoding="utf-8")


if __name__ == "__main__":
    main()
