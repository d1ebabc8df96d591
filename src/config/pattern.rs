//! Patterns on key paths: `services.*.environment`, `**.env`.

/// A compiled pattern. `*` is one key or list index, `**` any number of them; `\.` is a dot inside a key; case is ignored.
#[derive(Clone, Debug)]
pub struct Pattern {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug)]
enum Segment {
    Key(String),
    /// A key that starts so: `x-*`.
    Prefix(String),
    One,
    Profile,
    Deep,
}

impl Pattern {
    /// Compiles a pattern.
    pub fn new(text: &str) -> Pattern {
        let text = text.replace("\\.", "\0");
        let segment = |s: &str| match s {
            "*" => Segment::One,
            "**" => Segment::Deep,
            "<profile>" => Segment::Profile,
            _ => match s.strip_suffix('*') {
                Some(prefix) => Segment::Prefix(prefix.replace('\0', ".")),
                None => Segment::Key(s.replace('\0', ".")),
            },
        };
        Pattern { segments: text.split('.').map(segment).collect() }
    }

    /// How many keys its part up to the first `*` takes, that one included.
    pub(super) fn fixed(&self) -> usize {
        let free = |s: &Segment| !matches!(s, Segment::Key(_));
        self.segments.iter().position(free).map_or(self.segments.len(), |at| at + 1)
    }

    /// How many keys a path must have to fit; `None` when any number may.
    pub fn length(&self) -> Option<usize> {
        let deep = self.segments.iter().any(|s| matches!(s, Segment::Deep));
        (!deep).then_some(self.segments.len())
    }

    /// Whether a path fits; inside, the key that names a profile, if the pattern has one.
    pub fn fits<'p>(&self, path: &'p [String]) -> Option<Option<&'p str>> {
        // The last key refuses most paths at once.
        match (self.segments.last(), path.last()) {
            (Some(Segment::Key(key)), Some(last)) if !key.eq_ignore_ascii_case(last) => None,
            _ => fits(&self.segments, path),
        }
    }
}

fn fits<'p>(segments: &[Segment], path: &'p [String]) -> Option<Option<&'p str>> {
    let Some((segment, rest)) = segments.split_first() else { return path.is_empty().then_some(None) };
    if matches!(segment, Segment::Deep) {
        return (0..=path.len()).find_map(|n| fits(rest, &path[n..]));
    }
    let (key, below) = path.split_first()?;
    match segment {
        Segment::Key(wanted) if !wanted.eq_ignore_ascii_case(key) => None,
        Segment::Prefix(prefix) if !key.starts_with(prefix.as_str()) => None,
        Segment::Profile => fits(rest, below).map(|_| Some(key.as_str())),
        _ => fits(rest, below),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, path: &str) -> Option<Option<String>> {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        Pattern::new(pattern).fits(&path).map(|p| p.map(str::to_owned))
    }

    #[test]
    fn stars_and_profiles() {
        assert!(fits("services.*.environment", "services.web.environment").is_some());
        assert!(fits("services.*.environment", "services.environment").is_none());
        assert!(fits("**.env", "env").is_some());
        assert!(fits("**.Env", "jobs.a.steps.0.env").is_some());
        assert!(fits("**.env", "env.vars").is_none());
        assert!(fits("x-*", "x-common").is_some());
        assert!(fits("a\\.b.c", "a").is_none());
        assert!(Pattern::new("a\\.b").fits(&["a.b".to_owned()]).is_some());
        assert_eq!(fits("env.<profile>.vars", "env.staging.vars"), Some(Some("staging".to_owned())));
    }
}
