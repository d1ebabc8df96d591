//! Text from a scanned repository, made safe to print: nothing in it can move the cursor, change colours,
//! reorder what is read, or carry a secret out.

use crate::report::mask::mask;

/// One line of foreign text as every report prints it: secrets masked, unprintable characters spelled out.
pub fn clean(text: &str) -> String {
    spell_out(&mask(text))
}

/// Whether a text is the address of a web page, so that it may become a link.
pub fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Replaces every unprintable character of `text`, line breaks included, by its spelling.
pub fn spell_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match spelling(c) {
            Some(spelled) => out.push_str(&spelled),
            None => out.push(c),
        }
    }
    out
}

/// How an unprintable character is written; `None` when it may be printed as it is.
///
/// Unprintable are control characters, and the characters that reorder or hide neighbouring text.
pub fn spelling(c: char) -> Option<String> {
    match c {
        '\n' => Some("\\n".into()),
        '\r' => Some("\\r".into()),
        '\t' => Some(" ".into()),
        '\u{061c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{f8ff}'
        | '\u{e0000}'..='\u{e0fff}' => Some(c.escape_unicode().to_string()),
        c if c.is_control() => Some(c.escape_unicode().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_reordering_are_spelled_out() {
        assert_eq!(clean("a\x1b[31mb"), "a\\u{1b}[31mb");
        assert_eq!(clean("x\u{202e}y\u{9b}z\r\n"), "x\\u{202e}y\\u{9b}z\\r\\n");
        assert_eq!(clean("naïve 日本"), "naïve 日本");
    }
}
