//! A formula in words, for those who hear it.
//!
//! What is one element is read as such; around more, the words say where it begins and ends.

mod signs;

use crate::reading::model::{Alphabet, Class, Grid, GridKind, Length, Math, ScriptPlace, Span};
use signs::named;

/// Reads a formula out, in the language of a BCP 47 tag: in Chinese or in English.
pub(super) fn read_out(row: &[Math], lang: &str) -> String {
    let traditional = matches!(lang, "zh-TW" | "zh-HK" | "zh-MO");
    let reader = Reader { chinese: lang.starts_with("zh"), traditional };
    let said = reader.row(row).join(" ");
    said.replace(" ，", "，").replace(" ,", ",").replace(" ;", ";")
}

/// The characters of our words that are others in traditional Chinese, each before that.
const TRADITIONAL: &str = "减減约約义義远遠于於属屬并並对對价價来來应應为為无無穷窮数數实實虚虛积積余餘环環张張号號竖豎线線双雙阶階极極确確尔爾贝貝马馬龙龍泽澤兰蘭达達缪繆纽紐奥奧玛瑪欧歐写寫体體划劃结結组組选選横橫头頭注註绝絕点點圆圓况況阵陣";

fn traditional(c: char) -> char {
    let mut pairs = TRADITIONAL.chars().zip(TRADITIONAL.chars().skip(1)).step_by(2);
    pairs.find(|(own, _)| *own == c).map_or(c, |(_, other)| other)
}

struct Reader {
    chinese: bool,
    traditional: bool,
}

impl Reader {
    fn row(&self, row: &[Math]) -> Vec<String> {
        let mut out = vec![];
        for element in row {
            self.element(element, &mut out);
        }
        out.retain(|words| !words.is_empty());
        out
    }

    fn say(&self, english: &str, chinese: &str) -> String {
        self.own(if self.chinese { chinese } else { english })
    }

    /// What a sign is called.
    fn named(&self, sign: &str) -> String {
        self.own(&named(sign, self.chinese))
    }

    /// Our words, in the characters of the report: the author's are so already.
    fn own(&self, words: &str) -> String {
        words.chars().map(|c| if self.traditional { traditional(c) } else { c }).collect()
    }

    /// A row; where it is more than one word, `end` says where it ends.
    fn closed(&self, row: &[Math], end: (&str, &str), out: &mut Vec<String>) {
        let words = self.row(row);
        let many = words.len() > 1;
        out.extend(words);
        if many {
            out.push(self.say(end.0, end.1));
        }
    }

    fn element(&self, element: &Math, out: &mut Vec<String>) {
        match element {
            Math::Sign { v, font, .. } => self.letter(v, *font, out),
            Math::Number { v, font } => self.letter(v, *font, out),
            Math::Words { v, .. } => out.push(v.trim().to_owned()),
            Math::Function { v } => out.push(self.named(v)),
            Math::Space { width: Length::Em(ems), .. } if *ems >= 1.0 => {
                out.push(self.say(",", "，"));
            }
            Math::Space { .. } => {}
            Math::Row { body } | Math::Style { body, .. } => out.extend(self.row(body)),
            Math::Struck { body } => {
                out.push(self.say("struck out", "划去"));
                self.closed(body, ("end of what is struck out", "划去结束"), out);
            }
            Math::Fraction { over, under } => {
                let (over, under) = (self.row(over), self.row(under));
                let many = over.len() > 1 || under.len() > 1;
                out.push(self.say("fraction", "分数"));
                out.extend(over);
                out.push(self.say("over", "除以"));
                out.extend(under);
                if many {
                    out.push(self.say("end of fraction", "分数结束"));
                }
            }
            Math::Binomial { over, under } => {
                out.push(self.say("binomial", "组合数"));
                out.extend(self.row(over));
                out.push(self.say("choose", "选"));
                self.closed(under, ("end of binomial", "组合数结束"), out);
            }
            Math::Root { body, index } => {
                match index {
                    None => out.push(self.say("square root of", "根号")),
                    Some(index) if self.chinese => {
                        out.extend(self.row(index));
                        out.push(self.own("次根号"));
                    }
                    Some(index) => {
                        out.push("root of order".into());
                        out.extend(self.row(index));
                        out.push("of".into());
                    }
                }
                self.closed(body, ("end of root", "根号结束"), out);
            }
            Math::Scripts { base, sub, sup, primes, place } => {
                out.extend(self.row(base));
                out.extend((0..*primes).map(|_| self.say("prime", "撇")));
                let bounds = *place != ScriptPlace::Right
                    || matches!(base.as_slice(), [Math::Sign { class: Some(Class::Large), .. }]);
                self.scripts(bounds, sub.as_deref(), sup.as_deref(), out);
            }
            Math::Accent { base, accent, .. } => {
                self.closed(base, ("together", "合起来"), out);
                out.push(self.accent(*accent));
            }
            Math::Spanned { base, with, note } => {
                self.closed(base, ("together", "合起来"), out);
                out.push(match with {
                    Span::Overline => self.say("with a line over it", "上有横线"),
                    Span::Underline => self.say("with a line under it", "下有横线"),
                    Span::LeftArrowBelow | Span::RightArrowBelow => {
                        self.say("with an arrow under it", "下有箭头")
                    }
                    _ => self.say("in a brace", "有花括号"),
                });
                if let Some(note) = note {
                    out.push(self.say("noted", "注"));
                    self.closed(note, ("end of note", "注结束"), out);
                }
            }
            Math::Fenced { open: Some('|'), close: Some('|'), body } => {
                match body.as_slice() {
                    [Math::Grid(_)] => out.push(self.say("determinant of", "行列式")),
                    _ => out.push(self.say("absolute value of", "绝对值")),
                }
                self.closed(body, ("end of absolute value", "绝对值结束"), out);
            }
            Math::Fenced { open, close, body } => {
                // The brackets of a matrix say nothing that its name does not.
                let bare = matches!(body.as_slice(), [Math::Grid(_)]);
                let fence = |c: &Option<char>| c.filter(|_| !bare).map(|c| c.to_string());
                out.extend(fence(open).map(|c| self.named(&c)));
                out.extend(self.row(body));
                out.extend(fence(close).map(|c| self.named(&c)));
            }
            Math::Delimiter { v, .. } => out.push(self.named(&v.to_string())),
            Math::Grid(grid) => self.grid(grid, out),
        }
    }

    fn letter(&self, v: &str, font: Option<Alphabet>, out: &mut Vec<String>) {
        use Alphabet as A;
        let words = match font {
            Some(A::Bold | A::BoldUpright | A::BoldItalic | A::BoldSans | A::BoldSansItalic) => {
                self.say("bold", "粗体")
            }
            Some(A::Script | A::BoldScript) => self.say("script", "花体"),
            Some(A::Fraktur | A::BoldFraktur) => self.say("fraktur", "哥特体"),
            Some(A::DoubleStruck | A::DoubleStruckItalic) => self.say("double-struck", "空心"),
            _ => String::new(),
        };
        out.extend([words, self.named(v)]);
    }

    fn scripts(
        &self,
        bounds: bool,
        sub: Option<&[Math]>,
        sup: Option<&[Math]>,
        out: &mut Vec<String>,
    ) {
        if bounds {
            if let Some(sub) = sub {
                let both = sup.is_some();
                out.push(if both { self.say("from", "从") } else { self.say("over", "下标") });
                self.closed(sub, if both { ("", "") } else { ("of", "的") }, out);
            }
            if let Some(sup) = sup {
                out.push(self.say("to", "到"));
                self.closed(sup, ("of", "的"), out);
            }
            return;
        }
        if let Some(sub) = sub {
            out.push(self.say("sub", "下标"));
            self.closed(sub, ("end of sub", "下标结束"), out);
        }
        let Some(sup) = sup else { return };
        match sup {
            [Math::Number { v, .. }] if v == "2" => out.push(self.say("squared", "平方")),
            [Math::Number { v, .. }] if v == "3" => out.push(self.say("cubed", "立方")),
            [Math::Sign { v, .. }] if v == "∘" => out.push(self.say("degrees", "度")),
            [Math::Sign { v, class: Some(_), .. }] => {
                out.push(self.say("super", "上标"));
                out.push(self.named(v));
            }
            _ if self.chinese => {
                out.push("的".into());
                out.extend(self.row(sup));
                out.push("次方".into());
            }
            _ => {
                out.push("to the power".into());
                self.closed(sup, ("end of power", ""), out);
            }
        }
    }

    fn accent(&self, accent: char) -> String {
        match accent {
            '\u{302}' => self.say("hat", "上有尖角"),
            '\u{303}' => self.say("tilde", "上有波浪线"),
            '\u{304}' => self.say("bar", "上有横线"),
            '\u{307}' => self.say("dot", "上有一点"),
            '\u{308}' => self.say("double dot", "上有两点"),
            '\u{30a}' => self.say("ring", "上有圆圈"),
            '\u{301}' | '\u{300}' => self.say("accent", "上有重音符"),
            '\u{306}' => self.say("breve", "上有短音符"),
            '\u{30c}' => self.say("check", "上有倒尖角"),
            _ => self.say("vector", "上有箭头"),
        }
    }

    fn grid(&self, grid: &Grid, out: &mut Vec<String>) {
        let (rows, columns) = (grid.rows.len(), grid.columns.len());
        let (begin, end) = match grid.kind {
            GridKind::Matrix if self.chinese => {
                (self.own(&format!("矩阵 {rows} 行 {columns} 列")), self.own("矩阵结束"))
            }
            GridKind::Matrix => (format!("{rows} by {columns} matrix"), "end of matrix".to_owned()),
            GridKind::Cases | GridKind::CasesBefore => {
                (self.say("cases", "分情况"), self.say("end of cases", "分情况结束"))
            }
            GridKind::Lines | GridKind::Stack => (String::new(), String::new()),
        };
        out.push(begin);
        let pause = self.say(",", "，");
        for (at, row) in grid.rows.iter().enumerate() {
            if matches!(grid.kind, GridKind::Matrix) {
                out.push(if self.chinese {
                    format!("第 {} 行", at + 1)
                } else {
                    format!("row {}", at + 1)
                });
            }
            let apart = grid.kind != GridKind::Lines;
            for (column, cell) in row.iter().enumerate() {
                if column > 0 && apart && !cell.is_empty() {
                    out.push(pause.clone());
                }
                out.extend(self.row(cell));
            }
            if at + 1 < rows {
                out.push(if self.chinese { "；".into() } else { ";".into() });
            }
        }
        out.push(end);
    }
}
