//! How Chinese words are read that begin with a character of several readings: 长江 is no 长官.
//!
//! The order of characters knows one reading of each. Where a word has another one, it is put in order
//! with a character in that one's place that has no other.

use unicode_normalization::UnicodeNormalization;

/// Syllables in their order, each with a character that stands in the place of those that are read so.
const SYLLABLES: &str = "\
    a啊 ai哀 an安 ang肮 ao凹 ba八 bai白 ban班 bang帮 bao包 bei杯 ben奔 \
    beng崩 bi逼 bian边 biao标 bie别 bin宾 bing兵 bo波 bu补 ca擦 cai猜 \
    can餐 cang仓 cao操 ce册 cen岑 ceng层 cha插 chai拆 chan产 chang昌 \
    chao超 che车 chen陈 cheng成 chi吃 chong充 chou抽 chu出 chuai揣 \
    chuan川 chuang窗 chui吹 chun春 chuo戳 ci词 cong聪 cou凑 cu粗 \
    cuan窜 cui催 cun村 cuo错 da搭 dai呆 dan丹 dang当 dao刀 de德 deng灯 \
    di低 dian颠 diao雕 die跌 ding丁 diu丢 dong东 dou兜 du督 duan端 \
    dui堆 dun吨 duo多 e俄 en恩 er儿 fa发 fan帆 fang方 fei飞 fen分 feng风 \
    fou否 fu夫 fo佛 ga嘎 gai该 gan甘 gang刚 gao高 ge哥 gei给 gen根 \
    geng耕 gong工 gou沟 gu姑 gua瓜 guai乖 guan官 guang光 gui归 gun滚 \
    guo锅 ha哈 hai海 han寒 hang杭 hao毫 he河 hei黑 hen恨 heng恒 hong红 \
    hou厚 hu湖 hua花 huai怀 huan欢 huang黄 hui灰 hun昏 huo火 ji机 jia家 \
    jian尖 jiang江 jiao交 jie阶 jin金 jing京 jiong窘 jiu究 ju居 juan捐 \
    jue决 jun军 ka咖 kai开 kan刊 kang康 kao考 ke科 ken肯 keng坑 kong空 \
    kou口 ku枯 kua夸 kuai快 kuan宽 kuang狂 kui亏 kun昆 kuo扩 la拉 lai来 \
    lan兰 lang郎 lao捞 le乐 lei雷 leng冷 li离 lia俩 lian连 liang良 \
    liao辽 lie列 lin林 ling灵 liu流 long龙 lou楼 lu炉 lü驴 luan乱 lüe略 \
    lun轮 luo罗 ma妈 mai买 man满 mang忙 mao毛 me么 mei梅 men门 meng萌 \
    mi迷 mian棉 miao苗 mie灭 min民 ming明 miu谬 mo摸 mou谋 mu木 na拿 \
    nai奶 nan南 nang囊 nao脑 ne呢 nei内 nen嫩 neng能 ni泥 nian年 \
    niang娘 niao鸟 nie捏 nin您 ning宁 niu牛 nong农 nu奴 nü女 nuan暖 \
    nüe虐 nuo挪 o哦 ou欧 pa趴 pai拍 pan潘 pang旁 pao抛 pei培 pen喷 \
    peng朋 pi批 pian偏 piao飘 pie撇 pin拼 ping平 po坡 pou剖 pu扑 qi七 \
    qia恰 qian千 qiang枪 qiao敲 qie切 qin亲 qing青 qiong穷 qiu秋 qu区 \
    quan全 que缺 qun群 ran然 rang让 rao饶 re热 ren人 reng扔 ri日 rong容 \
    rou柔 ru如 ruan软 rui锐 run润 ruo弱 sa撒 sai赛 san三 sang桑 sao扫 \
    se色 sen森 seng僧 sha沙 shai筛 shan山 shang商 shao烧 she奢 shen深 \
    sheng生 shi诗 shou收 shu书 shua刷 shuai衰 shuan栓 shuang双 shui水 \
    shun顺 shuo说 si思 song松 sou搜 su苏 suan酸 sui虽 sun孙 suo缩 ta他 \
    tai台 tan贪 tang汤 tao涛 te特 teng疼 ti梯 tian天 tiao挑 tie贴 \
    ting听 tong通 tou偷 tu图 tuan团 tui推 tun吞 tuo拖 wa挖 wai歪 wan弯 \
    wang王 wei威 wen温 weng翁 wo窝 wu屋 xi西 xia虾 xian先 xiang香 \
    xiao消 xie些 xin心 xing星 xiong兄 xiu修 xu虚 xuan宣 xue学 xun寻 \
    ya鸭 yan烟 yang央 yao腰 ye爷 yi一 yin音 ying英 yo哟 yong拥 you优 \
    yu鱼 yuan元 yue月 yun云 za杂 zai灾 zan赞 zang脏 zao遭 ze则 zei贼 \
    zen怎 zeng增 zha渣 zhai摘 zhan沾 zhang张 zhao招 zhe遮 zhen真 \
    zheng争 zhi知 zhong中 zhou周 zhu朱 zhua抓 zhuai拽 zhuan专 \
    zhuang庄 zhui追 zhun准 zhuo桌 zi资 zong宗 zou邹 zu租 zuan钻 zui最 \
    zun尊 zuo坐";

/// Characters of several readings, each with the syllable that it is before one of these characters; `*` is
/// before all others.
const READINGS: &[(char, &str, &str)] = &[
    ('长', "zhang", "大 官 老 辈 子 女 孙 者 势 相 成 进 房 兄 机 幼"),
    ('长', "chang", "*"),
    (
        '重',
        "chong",
        "庆 复 新 组 构 建 启 叠 塑 现 置 申 返 温 阳 演 名 写 做 试 排 映 采 生 印 整 归 逢 聚 估 审 修 来 用",
    ),
    ('重', "zhong", "*"),
    ('行', "hang", "业 列 情 长 距 家 当 规 伍 首 末 间 会 话"),
    ('行', "xing", "*"),
    (
        '调',
        "tiao",
        "整 节 控 和 解 试 优 制 味 剂 停 配 参 频 幅 光 价 薪 温 速 峰 谐 理 养 侃 皮 休 压 焦 色 谱",
    ),
    ('调', "diao", "*"),
    ('乐', "yue", "器 队 团 曲 谱 章 理 坛 府 音 句 清 律 舞 手 池 毅"),
    ('乐', "le", "*"),
    ('曾', "zeng", "国 巩 侯 子 祖 孙 参 姓"),
    ('曾', "ceng", "*"),
    ('单', "shan", "县 姓"),
    ('单', "dan", "*"),
    ('朝', "zhao", "夕 气 霞 露 晖 三"),
    ('朝', "chao", "*"),
    ('传', "zhuan", "记 略"),
    ('传', "chuan", "*"),
    ('弹', "dan", "药 道 头 壳 坑 幕 丸 片 夹 痕"),
    ('弹', "tan", "*"),
    ('都', "dou", "是 有 在 会"),
    ('都', "du", "*"),
    ('率', "shuai", "先 领 性 真 直 众 部"),
    ('率', "lü", "*"),
    ('参', "shen", "茸 汤"),
    ('参', "cen", "差"),
    ('参', "can", "*"),
    ('校', "jiao", "对 准 正 验 订 核 勘 样 阅 改 场 稿"),
    ('校', "xiao", "*"),
    ('差', "chai", "旅 事 遣 役 使"),
    ('差', "cha", "*"),
    ('降', "xiang", "服 伏 龙 将"),
    ('降', "jiang", "*"),
    ('角', "jue", "色 逐 力 斗"),
    ('角', "jiao", "*"),
    ('还', "hai", "是 有 要 可 需"),
    ('还', "huan", "*"),
    ('会', "kuai", "计 稽"),
    ('会', "hui", "*"),
    ('给', "ji", "养 水 付 予 排"),
    ('给', "gei", "*"),
    ('大', "dai", "夫 王"),
    ('大', "da", "*"),
    ('藏', "zang", "族 语 医 药 文 区 羚 历 传 香 红 青"),
    ('藏', "cang", "*"),
    ('卡', "qia", "壳 脖 住 点"),
    ('卡', "ka", "*"),
    ('便', "pian", "宜"),
    ('便', "bian", "*"),
    ('模', "mu", "具 板 样 子 架"),
    ('模', "mo", "*"),
    ('着', "zhao", "火 急 迷 凉 魔"),
    ('着', "zhuo", "*"),
    ('屏', "bing", "息 弃 除"),
    ('屏', "ping", "*"),
    ('薄', "bao", "饼 板 片 层"),
    ('薄', "bo", "*"),
    ('粘', "nian", "度 性 稠 土"),
    ('粘', "zhan", "*"),
    ('壳', "qiao", "牌"),
    ('壳', "ke", "*"),
    ('咖', "ga", "喱"),
    ('咖', "ka", "*"),
    ('数', "shuo", "落"),
    ('数', "shu", "*"),
    ('奇', "ji", "数 偶"),
    ('奇', "qi", "*"),
    ('剥', "bao", "皮 壳"),
    ('剥', "bo", "*"),
    ('削', "xiao", "皮 铅"),
    ('削', "xue", "*"),
    ('解', "xie", "县 缙"),
    ('解', "jie", "*"),
    ('厦', "sha", "层"),
    ('厦', "xia", "*"),
    ('刹', "cha", "那"),
    ('刹', "sha", "*"),
    ('伺', "ci", "候"),
    ('伺', "si", "*"),
    ('什', "shi", "锦 刹"),
    ('什', "shen", "*"),
    ('尉', "yu", "迟 犁"),
    ('尉', "wei", "*"),
    ('万', "mo", "俟"),
    ('万', "wan", "*"),
    ('阿', "e", "胶 房 谀 附 弥"),
    ('阿', "a", "*"),
    ('省', "xing", "亲 察 悟"),
    ('省', "sheng", "*"),
    ('系', "ji", "鞋 扣"),
    ('系', "xi", "*"),
    ('区', "ou", "姓"),
    ('区', "qu", "*"),
    ('仇', "qiu", "姓 英"),
    ('仇', "chou", "*"),
    ('石', "dan", "米"),
    ('石', "shi", "*"),
    ('宿', "xiu", "值"),
    ('宿', "su", "*"),
    ('蛤', "ge", "蜊 蚧"),
    ('蛤', "ha", "*"),
    ('谁', "shui", "*"),
];

/// The character of a syllable.
fn of_syllable(syllable: &str) -> Option<char> {
    let parted = |entry: &'static str| {
        let last = entry.chars().next_back()?;
        Some((entry.strip_suffix(last)?, last))
    };
    SYLLABLES.split(' ').filter_map(parted).find(|(known, _)| *known == syllable).map(|(_, c)| c)
}

/// A word with its first character as it is read there.
pub(super) fn as_read(word: &str) -> String {
    let mut chars = word.chars();
    let (first, next) = (chars.next(), word.chars().nth(1));
    let reading = READINGS.iter().find(|(own, _, before)| {
        Some(*own) == first && (*before == "*" || next.is_some_and(|c| before.contains(c)))
    });
    match reading.and_then(|(_, syllable, _)| of_syllable(syllable)) {
        Some(read) => format!("{read}{}", chars.as_str()),
        None => word.to_owned(),
    }
}

/// Characters that are read as pinyin says, with tones or without: `chang jiang`, `cháng jiāng`; `None`
/// if it is none.
pub(super) fn of_pinyin(written: &str) -> Option<String> {
    let syllables = written.split([' ', '-', '\'', '’']).filter(|syllable| !syllable.is_empty());
    syllables.map(|syllable| of_syllable(&toneless(syllable))).collect()
}

/// A syllable without its tone: `lǜ`, `lv4` and `lü` are `lü`.
fn toneless(syllable: &str) -> String {
    let marks = ['\u{300}', '\u{301}', '\u{304}', '\u{30c}'];
    let lower = syllable.to_lowercase().replace(['v'], "ü");
    let plain: String =
        lower.nfd().filter(|c| !marks.contains(c)).collect::<String>().nfc().collect();
    plain.trim_end_matches(|c: char| ('1'..='5').contains(&c)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::apparatus::order::Order;
    use crate::reading::model::WordOrder;

    #[test]
    fn each_syllable_has_a_character_that_stands_in_its_place() {
        let order = Order::of("zh-CN", WordOrder::Pinyin);
        let entries: Vec<(String, String)> = SYLLABLES
            .split(' ')
            .map(|entry| {
                let read = entry.chars().next_back().unwrap_or_default();
                (entry.trim_end_matches(read).to_owned(), read.to_string())
            })
            .collect();
        for pair in entries.windows(2) {
            let [(one, a), (other, b)] = pair else { continue };
            assert!(order.compare(a, b).is_lt(), "{one} {a} stands behind {other} {b}");
        }
        for (syllable, read) in &entries {
            assert_eq!(order.group(read).to_lowercase(), syllable[..1], "{syllable}");
        }
        for (_, syllable, _) in READINGS {
            assert!(of_syllable(syllable).is_some(), "{syllable}");
        }
    }

    #[test]
    fn words_stand_where_they_are_read() {
        let order = Order::of("zh-CN", WordOrder::Pinyin);
        let group = |word: &str| order.group(&order.key(word, None));
        for (word, letter) in [
            ("长江", "C"),
            ("长三角", "C"),
            ("长官", "Z"),
            ("重庆", "C"),
            ("重力", "Z"),
            ("行业", "H"),
            ("行星", "X"),
            ("调研", "D"),
            ("调整", "T"),
            ("乐器", "Y"),
            ("会计", "K"),
            ("角色", "J"),
            ("校准", "J"),
            ("参差", "C"),
            ("弹性", "T"),
            ("藏族", "Z"),
        ] {
            assert_eq!(group(word), letter, "{word}");
        }
        assert_eq!(order.group(&order.key("朴智", Some("piao zhi"))), "P");
        assert_eq!(order.group(&order.key("单于", Some("Chán-yú"))), "C");
        assert_eq!(of_pinyin("lǜ se"), of_pinyin("lv4 se4"));
        assert_eq!(of_pinyin("AI model"), None);
        let mut words = ["常州", "长江", "昌平", "超算"];
        words.sort_by(|a, b| order.compare(&order.key(a, None), &order.key(b, None)));
        assert_eq!(words[3], "超算");
    }
}
