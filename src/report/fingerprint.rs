//! GitHub's fingerprint of a line: `primaryLocationLineHash`.
//!
//! Code scanning keeps an alert alive by this value while lines move. A report that brings it along is matched
//! even where GitHub cannot read the sources. The hash rolls over the hundred characters (UTF-16 units) that
//! follow the start of a line, blanks and tabs left out and line ends unified; a counter tells equal lines apart.

use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// How many characters count.
const WINDOW: usize = 100;
/// Factor of the rolling hash.
const FACTOR: u64 = 37;
/// Stands behind the last character of the file.
const END: u16 = u16::MAX;

/// The hash of every line of a file, `hash:count`, first line first.
pub fn line_hashes(text: &str) -> Vec<String> {
    let mut units = Vec::new();
    let mut line_starts = Vec::new();
    let (mut at_start, mut after_return) = (true, false);
    for unit in text.encode_utf16().chain([END]) {
        let (is_return, is_feed) = (unit == u16::from(b'\r'), unit == u16::from(b'\n'));
        let skipped = unit == u16::from(b' ') || unit == u16::from(b'\t') || (after_return && is_feed);
        after_return = is_return && !skipped;
        if skipped {
            continue;
        }
        if at_start {
            line_starts.push(units.len());
        }
        at_start = is_return || is_feed;
        units.push(if is_return { u16::from(b'\n') } else { unit });
    }

    let leaving = (0..WINDOW).fold(1u64, |power, _| power.wrapping_mul(FACTOR));
    let mut window: VecDeque<u16> = VecDeque::from(vec![0; WINDOW]);
    let mut hash = 0u64;
    let mut hashes = Vec::new();
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut starts = line_starts.iter();
    let mut next = starts.next();
    for (index, unit) in units.iter().copied().chain(std::iter::repeat_n(0, WINDOW)).enumerate() {
        // The window now holds the characters from `index - WINDOW` on.
        if next.is_some_and(|start| start + WINDOW == index) {
            let count = seen.entry(hash).or_default();
            *count += 1;
            hashes.push(format!("{hash:x}:{count}"));
            next = starts.next();
        }
        let left = window.pop_front().unwrap_or(0);
        window.push_back(unit);
        hash = hash
            .wrapping_mul(FACTOR)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(leaving.wrapping_mul(u64::from(left)));
    }
    if next.is_some() {
        let count = seen.entry(hash).or_default();
        *count += 1;
        hashes.push(format!("{hash:x}:{count}"));
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREETINGS: [&str; 7] = [
        "e9496ae3ebfced30:1",
        "fb7c023a8b9ccb3f:1",
        "ce8ba1a563dcdaca:1",
        "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1",
        "c129715d7a2bc9a3:1",
    ];

    /// Values that GitHub's own implementation gives.
    #[test]
    fn lines_hash_as_github_hashes_them() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        for text in [
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
            " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        ] {
            assert_eq!(line_hashes(text), GREETINGS, "{text:?}");
        }
    }

    #[test]
    fn equal_lines_are_counted() {
        let hashes = line_hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(hashes[..3], ["a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3"]);
        assert_eq!(
            hashes[6..],
            [
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1"
            ]
        );
    }
}
