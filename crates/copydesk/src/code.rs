//! Code that is typed as plain text: calls, a sheet's formulas, assignments, JSON. Its quotes and commas
//! are its own, also where they stand beside Chinese.

use std::ops::Range;

use cjk::is_han;

/// The most characters that code typed in a sentence has.
const REACH: usize = 200;

/// Finds all code that could be taken for prose.
pub(crate) fn code(chars: &[char]) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '(' => call(chars, at),
            '{' => object(chars, at),
            '=' => assignment(chars, at).map(|end| name_before(chars, at)..end),
            _ => None,
        };
        match end {
            Some(range) => {
                at = range.end;
                out.push(range);
            }
            None => at += 1,
        }
    }
    out
}

/// Where the name begins that ends before an index.
fn name_before(chars: &[char], at: usize) -> usize {
    let name = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    at - chars[..at].iter().rev().take(REACH).take_while(name).count()
}

/// Where the bracket closes that opens at an index, on its line; quotes hide others.
fn closing(chars: &[char], at: usize, [open, close]: [char; 2]) -> Option<usize> {
    let (mut depth, mut quoted) = (0usize, None);
    for (offset, &c) in chars[at..].iter().take(REACH).enumerate() {
        match (quoted, c) {
            (_, '\n') => return None,
            (Some(quote), c) if c == quote => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(c),
            (None, c) if c == open => depth += 1,
            (None, c) if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + offset);
                }
            }
            (None, _) => {}
        }
    }
    None
}

/// A call whose arguments have Chinese in them: `print("你好")`, `=IF(A1>0,"是","否")`,
/// `VLOOKUP(甲,B:C,2,0)`. `AI(人工智能)` is none.
fn call(chars: &[char], at: usize) -> Option<Range<usize>> {
    let start = name_before(chars, at);
    if !chars.get(start).filter(|_| start < at)?.is_ascii_alphabetic() {
        return None;
    }
    let close = closing(chars, at, ['(', ')'])?;
    let inside = &chars[at + 1..close];
    let formula = start.checked_sub(1).is_some_and(|before| chars[before] == '=');
    let quote = |c: &char| matches!(c, '"' | '\'');
    let quoted = inside.first().is_some_and(quote)
        || inside.windows(2).any(|pair| matches!(pair[0], ',' | ' ' | '=') && quote(&pair[1]));
    let tight = inside.windows(2).filter(|pair| pair[0] == ',' && pair[1] != ' ').count();
    let is_call = formula || quoted || tight >= 2 && !inside.contains(&'，');
    is_call.then(|| start - usize::from(formula)..close + 1)
}

/// What is written between braces with keys in quotes, as JSON is.
fn object(chars: &[char], at: usize) -> Option<Range<usize>> {
    let close = closing(chars, at, ['{', '}'])?;
    let inside = &chars[at + 1..close];
    let key = inside.windows(2).any(|pair| matches!(pair, ['"' | '\'', ':']));
    key.then_some(at..close + 1)
}

/// Where a value in quotes ends that a name is set to or compared with: `name='甲'`.
fn assignment(chars: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| chars[before])?;
    let open = at + 1 + usize::from(chars.get(at + 1) == Some(&'='));
    let quote = *chars.get(open).filter(|c| matches!(c, '"' | '\''))?;
    if !(before.is_ascii_alphanumeric() || "_!<>]".contains(before)) {
        return None;
    }
    let rest = chars[open + 1..].iter().take(REACH).take_while(|c| **c != '\n');
    let length = rest.clone().position(|c| *c == quote)?;
    let han = rest.take(length).any(|&c| is_han(c));
    (han || length > 0).then_some(open + length + 2)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn calls_and_objects_are_found_and_abbreviations_are_not() {
        for (text, right) in [
            ("输入print(\"你好，世界\")。", &["print(\"你好，世界\")"][..]),
            ("写=IF(A1>0,\"是\",\"否\")与", &["=IF(A1>0,\"是\",\"否\")"]),
            ("用=SUM(A1:A10)求和", &["=SUM(A1:A10)"]),
            ("VLOOKUP(甲,B:C,2,0)", &["VLOOKUP(甲,B:C,2,0)"]),
            ("get(\"北京\", 3)；a='甲' AND b", &["get(\"北京\", 3)", "a='甲'"]),
            ("{\"name\": \"张三\", \"age\": 18}", &["{\"name\": \"张三\", \"age\": 18}"]),
            ("AI(人工智能,机器)和LLM(大模型)，f(甲, 乙)，{甲}", &[]),
            ("他说\"好\"，(\"甲\")，总数=\"多\"", &[]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<String> =
                code(&chars).into_iter().map(|range| chars[range].iter().collect()).collect();
            assert_eq!(found, right, "{text}");
        }
    }
}
