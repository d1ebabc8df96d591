//! Check digits: pure arithmetic, named by method.

use super::Validator;

impl Validator {
    /// Whether the value passes.
    pub fn holds(self, value: &str) -> bool {
        match self {
            Validator::Luhn => luhn(&digits(value)),
            Validator::Mod97Letters => mod97_letters(value),
            Validator::Verhoeff => verhoeff(&digits(value)),
            Validator::Weighted11X => weighted_11_x(value),
            Validator::Pairs11 => pairs_11(&digits(value)),
            Validator::AreaGroupSerial => area_group_serial(value),
            Validator::Weighted371 => weighted(&digits(value), &[3, 7, 1]).is_multiple_of(10),
            Validator::Weighted11Ten => weighted_11_ten(&digits(value)),
            Validator::Mod23Letter => mod23_letter(value),
            Validator::Weighted10 => weighted_10(&digits(value)),
            Validator::JsonHead => json_head(value),
            Validator::Entropy => entropy(value) >= 4.3,
        }
    }
}

fn digits(value: &str) -> Vec<u32> {
    value.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { *d } else { d * 2 / 10 + d * 2 % 10 })
        .sum();
    digits.len() >= 8 && sum.is_multiple_of(10)
}

fn mod97_letters(value: &str) -> bool {
    let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.len() < 15 || plain.len() > 34 {
        return false;
    }
    let (head, tail) = plain.split_at(4);
    let rest = tail.chars().chain(head.chars()).try_fold(0u32, |rest, c| {
        let number = c.to_digit(36)?;
        Some(if number < 10 { (rest * 10 + number) % 97 } else { (rest * 100 + number) % 97 })
    });
    rest == Some(1)
}

fn verhoeff(digits: &[u32]) -> bool {
    const PERMUTE: [[usize; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let multiply = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let check =
        digits.iter().rev().enumerate().fold(0, |check, (i, d)| multiply(check, PERMUTE[i % 8][*d as usize]));
    !digits.is_empty() && check == 0
}

/// Eighteen places, powers of two modulo 11, `X` for ten.
fn weighted_11_x(value: &str) -> bool {
    let places: Option<Vec<u32>> =
        value.chars().map(|c| if c.eq_ignore_ascii_case(&'x') { Some(10) } else { c.to_digit(10) }).collect();
    places.is_some_and(|places| {
        let sum: u32 = places.iter().rev().enumerate().map(|(i, d)| d * (2u32.pow(i as u32) % 11)).sum();
        places.len() == 18 && sum % 11 == 1
    })
}

/// Two check digits, each by falling weights modulo 11.
fn pairs_11(digits: &[u32]) -> bool {
    let check = |upto: usize| {
        let sum: u32 = digits[..upto].iter().enumerate().map(|(i, d)| d * (upto as u32 + 1 - i as u32)).sum();
        (sum * 10 % 11) % 10 == digits[upto]
    };
    digits.len() == 11 && digits.iter().any(|d| *d != digits[0]) && check(9) && check(10)
}

fn area_group_serial(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['-', ' ']).collect();
    let separators = value.chars().filter(|c| matches!(c, '-' | ' ')).collect::<Vec<_>>();
    let [area, group, serial] = parts[..] else { return false };
    let same_digit = digits(value).windows(2).all(|pair| pair[0] == pair[1]);
    separators.windows(2).all(|pair| pair[0] == pair[1])
        && !same_digit
        && !matches!(area, "000" | "666")
        && !area.starts_with('9')
        && group != "00"
        && serial != "0000"
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    let sum: u32 = digits.iter().zip(weights.iter().cycle()).map(|(d, w)| d * w).sum();
    if digits.len() == 9 { sum } else { 1 }
}

/// Ten places, weights ten to two, the rest from 11 is the check digit.
fn weighted_11_ten(digits: &[u32]) -> bool {
    let [head @ .., check] = digits else { return false };
    let sum: u32 = head.iter().enumerate().map(|(i, d)| d * (10 - i as u32)).sum();
    head.len() == 9 && (11 - sum % 11) % 11 == *check
}

fn mod23_letter(value: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    let Some(letter) = plain.bytes().last() else { return false };
    let head = plain[..plain.len() - 1].replace('X', "0").replace('Y', "1").replace('Z', "2");
    head.parse::<usize>().is_ok_and(|number| LETTERS[number % 23] == letter)
}

/// Eleven places, weights 1 3 7 9, the last the check digit.
fn weighted_10(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().take(10).zip([1, 3, 7, 9].into_iter().cycle()).map(|(d, w)| d * w).sum();
    digits.len() == 11 && (10 - sum % 10) % 10 == digits[10]
}

/// Three parts of base64url, the first of which starts like an object.
fn json_head(value: &str) -> bool {
    value.split('.').count() == 3 && value.starts_with("eyJ")
}

/// Bits per character.
fn entropy(value: &str) -> f64 {
    let mut counts = [0u32; 256];
    value.bytes().for_each(|byte| counts[byte as usize] += 1);
    let length = value.len() as f64;
    counts.iter().filter(|n| **n > 0).map(|n| f64::from(*n) / length).map(|p| -p * p.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_good_and_bad() {
        assert!(
            Validator::Luhn.holds("4111 1111 1111 1111") && !Validator::Luhn.holds("4111 1111 1111 1112")
        );
        assert!(Validator::Mod97Letters.holds("GB82WEST12345698765432"));
        assert!(!Validator::Mod97Letters.holds("GB82WEST12345698765433"));
        assert!(Validator::Weighted11X.holds("11010519491231002X"));
        assert!(Validator::Pairs11.holds("529.982.247-25") && !Validator::Pairs11.holds("529.982.247-24"));
        assert!(Validator::Verhoeff.holds("2363") && !Validator::Verhoeff.holds("2364"));
        assert!(Validator::Mod23Letter.holds("12345678Z") && Validator::Weighted371.holds("111000025"));
        assert!(
            Validator::AreaGroupSerial.holds("212-09-9999")
                && !Validator::AreaGroupSerial.holds("666-09-9999")
        );
    }
}
