//! `"…" % x` and `"…".format(x)` with a known template.

use super::Lowerer;
use crate::ir::*;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// `template % right`; `None` when the template is not known.
    pub fn percent(&mut self, template: ValueId, right: ValueId, span: (usize, usize)) -> Option<ValueId> {
        let Some(Const::Str(template)) = self.b.constant(template) else { return None };
        let pieces = percent_pieces(template.as_str());
        let holes = pieces.iter().filter(|p| !matches!(p, Piece::Literal(_))).count();
        let tuple = match &self.b.module.inst(right).op {
            Op::Alloc { kind: AllocKind::Tuple, items } => {
                let plain = items.iter().all(|(key, _)| matches!(key, Key::Index(_)));
                plain.then(|| items.iter().map(|(_, value)| *value).collect::<Vec<_>>())
            }
            _ => None,
        };
        let mut parts = Vec::new();
        let mut next = 0;
        for piece in pieces {
            match piece {
                Piece::Literal(text) => parts.push(Part::Literal(ustr(&text))),
                Piece::Named(name) => {
                    let value = self.load(right, Key::Field(ustr(&name)), span);
                    parts.push(Part::Value(value));
                }
                Piece::Next => {
                    let value = match &tuple {
                        Some(values) => values.get(next).copied(),
                        None if holes == 1 => Some(right),
                        None => Some(self.load(right, Key::Index(next as i32), span)),
                    };
                    parts.extend(value.map(Part::Value));
                    next += 1;
                }
                Piece::Path(..) => {}
            }
        }
        Some(self.text(parts, span))
    }

    /// `template.format(…)`; `None` when the template is not known or does more than fill holes.
    pub fn format_call(&mut self, template: ValueId, args: &[Arg], span: (usize, usize)) -> Option<ValueId> {
        let Some(Const::Str(template)) = self.b.constant(template) else { return None };
        let pieces = format_pieces(template.as_str())?;
        // Decide before anything is added: a template that is not understood is left to the caller as a whole.
        for piece in &pieces {
            if let Piece::Path(name, _) = piece {
                format_base(name, args)?;
            }
        }
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => parts.push(Part::Literal(ustr(&text))),
                Piece::Path(name, path) => {
                    let mut value = match format_base(&name, args)? {
                        Base::Value(value) => value,
                        Base::Entry(base, key) => self.load(base, key, span),
                    };
                    for key in path {
                        value = self.load(value, key, span);
                    }
                    parts.push(Part::Value(value));
                }
                Piece::Named(_) | Piece::Next => {}
            }
        }
        Some(self.text(parts, span))
    }
}

/// A piece of a template.
#[derive(Debug, PartialEq)]
enum Piece {
    Literal(String),
    /// The next value.
    Next,
    /// An entry of the right operand.
    Named(String),
    /// `{name.attribute[key]}`; a position is a name made of digits.
    Path(String, Vec<Key>),
}

enum Base {
    Value(ValueId),
    Entry(ValueId, Key),
}

/// The argument a replacement field names.
fn format_base(name: &str, args: &[Arg]) -> Option<Base> {
    if let Ok(at) = name.parse::<usize>() {
        let spread = args.iter().position(|a| a.kind == ArgKind::Spread);
        let mut plain = args.iter().filter(|a| a.kind == ArgKind::Positional);
        return match spread {
            None => plain.nth(at).map(|a| Base::Value(a.value)),
            // Only a lone `*args` keeps the positions known.
            Some(i) if plain.next().is_none() => {
                Some(Base::Entry(args[i].value, Key::Index(i32::try_from(at).ok()?)))
            }
            Some(_) => None,
        };
    }
    let named = args.iter().find(|a| matches!(a.kind, ArgKind::Keyword(k) if k == name));
    if let Some(arg) = named {
        return Some(Base::Value(arg.value));
    }
    let mut spreads = args.iter().filter(|a| a.kind == ArgKind::SpreadKeywords);
    match (spreads.next(), spreads.next()) {
        (Some(one), None) => Some(Base::Entry(one.value, Key::Field(ustr(name)))),
        _ => None,
    }
}

fn percent_pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        literal.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            literal.push('%');
            rest = after;
            continue;
        }
        let mut name = None;
        if let Some(inner) = rest.strip_prefix('(')
            && let Some(end) = inner.find(')')
        {
            name = Some(inner[..end].to_owned());
            rest = &inner[end + 1..];
        }
        let flags = rest.bytes().take_while(|b| b"#0- +.123456789*hlL".contains(b)).count();
        let stars = rest[..flags].bytes().filter(|b| *b == b'*').count();
        rest = &rest[flags..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            literal.push('%');
            continue;
        }
        rest = &rest[1..];
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.extend((0..stars).map(|_| Piece::Next));
        pieces.push(name.map_or(Piece::Next, Piece::Named));
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}

/// `None` when a field is nested or malformed.
fn format_pieces(template: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = template;
    let mut automatic = 0;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return None;
        }
        let end = rest.find('}')?;
        let inside = &rest[..end];
        if inside.contains('{') {
            return None;
        }
        rest = &rest[end + 1..];
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        let path = inside.split(['!', ':']).next().unwrap_or("");
        let name_end = path.find(['.', '[']).unwrap_or(path.len());
        let mut name = path[..name_end].to_owned();
        if name.is_empty() {
            name = automatic.to_string();
            automatic += 1;
        }
        pieces.push(Piece::Path(name, format_path(&path[name_end..])?));
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Some(pieces)
}

fn format_path(mut path: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    while !path.is_empty() {
        if let Some(rest) = path.strip_prefix('.') {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            keys.push(Key::Field(ustr(&rest[..end])));
            path = &rest[end..];
        } else {
            let rest = path.strip_prefix('[')?;
            let end = rest.find(']')?;
            let key = &rest[..end];
            keys.push(key.parse().map_or_else(|_| Key::Field(ustr(key)), Key::Index));
            path = &rest[end + 1..];
        }
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_templates_are_split() {
        let pieces = percent_pieces("%s: 100%% %(name)-5s %*d%");
        assert_eq!(
            pieces,
            [
                Piece::Next,
                Piece::Literal(": 100% ".into()),
                Piece::Named("name".into()),
                Piece::Literal(" ".into()),
                Piece::Next,
                Piece::Next,
                Piece::Literal("%".into()),
            ]
        );
    }

    #[test]
    fn format_templates_are_split() {
        let pieces = format_pieces("{{a}} {} {x.y[0]!r:>10} {}").unwrap();
        let path = vec![Key::Field(ustr("y")), Key::Index(0)];
        assert_eq!(
            pieces,
            [
                Piece::Literal("{a} ".into()),
                Piece::Path("0".into(), vec![]),
                Piece::Literal(" ".into()),
                Piece::Path("x".into(), path),
                Piece::Literal(" ".into()),
                Piece::Path("1".into(), vec![]),
            ]
        );
        assert_eq!(format_pieces("{:{width}}"), None);
        assert_eq!(format_pieces("}"), None);
    }
}
