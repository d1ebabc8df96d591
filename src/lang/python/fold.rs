//! What Python makes of operations on constants.

use crate::ir::Const;

/// Integer arithmetic, where the result fits.
pub fn arithmetic(op: &str, a: &Const, b: &Const) -> Option<Const> {
    let (Const::Int(a), Const::Int(b)) = (a, b) else { return None };
    let (a, b) = (*a, *b);
    let result = match op {
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        // Python rounds down, and its remainder has the sign of the divisor.
        "//" if b != 0 => a.checked_div(b).map(|q| if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q }),
        "%" if b != 0 => a.checked_rem(b).map(|r| if r != 0 && (r < 0) != (b < 0) { r + b } else { r }),
        "&" => Some(a & b),
        "|" => Some(a | b),
        "^" => Some(a ^ b),
        "**" => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
        _ => None,
    };
    result.map(Const::Int)
}

/// A comparison whose outcome is certain.
pub fn comparison(op: &str, a: &Const, b: &Const) -> Option<bool> {
    match op {
        "==" => equal(a, b),
        "!=" | "<>" => equal(a, b).map(|e| !e),
        "is" | "is not" => {
            let same = match (a, b) {
                (Const::Null | Const::Bool(_), _) | (_, Const::Null | Const::Bool(_)) => a == b,
                _ => return None,
            };
            Some(same == (op == "is"))
        }
        "in" | "not in" => match (a, b) {
            (Const::Str(a), Const::Str(b)) => Some(b.contains(a.as_str()) == (op == "in")),
            _ => None,
        },
        _ => {
            let (Const::Int(a), Const::Int(b)) = (a, b) else { return None };
            match op {
                "<" => Some(a < b),
                "<=" => Some(a <= b),
                ">" => Some(a > b),
                ">=" => Some(a >= b),
                _ => None,
            }
        }
    }
}

/// Equality as `==` sees it.
pub fn equal(a: &Const, b: &Const) -> Option<bool> {
    match (a, b) {
        (Const::Other(_), _) | (_, Const::Other(_)) => None,
        (Const::Bool(a), Const::Int(b)) | (Const::Int(b), Const::Bool(a)) => Some(i64::from(*a) == *b),
        _ => Some(a == b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down_like_python() {
        for (a, b, quotient, remainder) in
            [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (6, -2, -3, 0)]
        {
            let (a, b) = (Const::Int(a), Const::Int(b));
            assert_eq!(arithmetic("//", &a, &b), Some(Const::Int(quotient)), "{a:?} // {b:?}");
            assert_eq!(arithmetic("%", &a, &b), Some(Const::Int(remainder)), "{a:?} % {b:?}");
        }
    }

    #[test]
    fn overflow_is_not_folded() {
        assert_eq!(arithmetic("+", &Const::Int(i64::MAX), &Const::Int(1)), None);
        assert_eq!(arithmetic("//", &Const::Int(i64::MIN), &Const::Int(-1)), None);
        assert_eq!(arithmetic("%", &Const::Int(1), &Const::Int(0)), None);
    }
}
