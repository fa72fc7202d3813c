"""Sentences, clauses, actions and aims; the five classes of provisions; citations."""

from __future__ import annotations

import re

PROVISION_KINDS: tuple[tuple[str, str, str], ...] = (
    ("总体要求|总体工作要求|总体思路|指导思想", "目标", "Objective"),
    ("总体要求|总体工作要求|总体思路|指导思想", "", "GuidingPrinciple"),
    ("目标", "", "Objective"),
    ("路径", "", "Path"),
    ("保障|组织实施|政策支持|组织领导", "", "Safeguard"),
    ("任务|举措|措施|工作", "", "Task"),
)
"""Heading of the part, heading of the provision → class, first match (vocabulary contract)."""

SENTENCE_END = re.compile(r"[。！？][”’」』）)]*")
MARKS = re.compile(r"[“《(（”》)），,；;。：:！？]")
"""All that may open, close or end something: between two of them a text is not looked at."""
CLAUSE_END = re.compile(r"[，；;。：:！？]|(?<!\d),|,(?!\d)")
WIDE_THOUSANDS = re.compile(r"[０-９]，[０-９]{3}(?![０-９])")
"""１，２５０: one number in full-width digits."""
HORIZON = re.compile(r"(?:力争)?(?:到|至)(?P<year>\d{4})年(?P<end>底|末)?(?P<before>前)?")
ADVERBS = (
    "(?:进一步|大力|加快|加速|持续|积极|全面|深入|着力|努力|适时|及时|逐步|稳步|有序|不断|统筹|率先|高标准|全力|"
    "切实|严格|重点|继续|共同|鼓励支持)*"
)
ACTIONS = (
    "推动|推进|支持|鼓励|引导|加强|强化|完善|建立|健全|构建|打造|提升|提高|发展|培育|深化|清理|畅通|查处|引进|"
    "加快|抓住|依托|促进|实现|建设|实施|推广|开展|落实|利用|加大|发挥|突出|发布|制定|总结|宣传|做好|办好|搭建|探索|"
    "创新|增强|拓展|丰富|布局|合理布局|推行|注重|研究|梳理|选择|树立|组织|营造|围绕|抢抓|改革|扩大|创建|申报|"
    "启动|通过|规范|优化|形成|建成|整合|严格|加以|集聚|完成|保障|满足|参与|增设|健全完善|建立完善|建立健全|完善规范|拓宽|"
    "夯实|筑牢|压实|统筹推进|培养|评估|督促|改造|降低|扶持|激发|统一|强制|试点|争取|举办|参加|鼓励支持|加大引进"
)
ACTION_CLAUSE = re.compile(rf"(?:{ADVERBS})(?:{ACTIONS})")
GOAL_VERB = re.compile(r"(?:加快|努力|着力|全力)?(?:打造|创建|建成|建设|构建|形成|培育)")

CITED_TITLE = re.compile(
    r"《(?P<title>[^《》]+(?:《[^《》]*》[^《》]*)*)》(?:[(（](?P<number>[^()（），,]*号)(?:[，,；;][^()（）]*)?[)）])?"
)
NUMBER_ALONE = re.compile(
    r"(?<![《（(])(?P<number>(?:国|中|京|津|沪|渝|冀|晋|蒙|辽|吉|黑|苏|浙|皖|闽|赣|鲁|豫|鄂|湘|粤|桂|琼|川|蜀|贵|黔|云|滇|藏|陕|甘|青|宁|新|厅|发改|财|人社|教|卫|工信)"
    r"[一-鿿]{0,9}[〔\[]\d{4}[〕\]]\s?\d+号)(?:文件?)?"
)
"""按照国发〔2015〕32号文件要求: a document named by its number alone."""
CITATION_CUE = re.compile(r"按照|根据|依据|依照|贯彻落实|贯彻|落实|遵照")
CITATION_CLOSE = re.compile(r"精神|(?:有关)?要求|(?:有关)?规定|部署")
JOINT = r"(?:等\d+个?(?:部门|部委|单位))?"
SHORT_NAME = re.compile(r"以下(?:统)?简称[：:]?\s*“?《?(?P<name>[^》”）)]+)")
"""（以下简称《规划》）: a short name of what was cited before, no citation of its own."""
QUOTED = re.compile(r"“(?P<name>[^“”]+)”")
