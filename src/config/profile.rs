//! What a file's name and place say of its values: which environment they are for, and whether they are only an example.

use super::format::RULES;

/// What a path says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileName {
    pub(super) profile: Option<String>,
    pub(super) sample: bool,
}

impl FileName {
    pub(super) fn of(path: &str) -> FileName {
        let rules = &RULES.name;
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parts: Vec<String> =
            name.split(['.', '-', '_']).filter(|p| !p.is_empty()).map(str::to_ascii_lowercase).collect();
        let first = parts.first().cloned().unwrap_or_default();
        let sample = parts.iter().skip(1).any(|p| rules.sample.contains(p))
            || (rules.sample.contains(&first) && rules.sample_first.contains(&first));
        let of_name = parts.iter().rev().find(|p| rules.profile.contains(p)).cloned();
        let of_folder = || {
            let names = folders.rsplit('/').map(|f| f.trim_start_matches('.').to_ascii_lowercase());
            names.into_iter().find(|f| rules.profile.contains(f))
        };
        FileName { profile: of_name.or_else(of_folder), sample }
    }
}

/// How many folders lie between two files: up from one, down to the other.
pub(super) fn steps(a: &str, b: &str) -> usize {
    let folders = |path: &str| path.matches('/').count();
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).filter(|(x, _)| *x == b'/').count();
    folders(a) + folders(b) - 2 * shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> (Option<String>, bool) {
        let name = FileName::of(path);
        (name.profile, name.sample)
    }

    #[test]
    fn names_tell_profiles_and_examples() {
        let profile = |p: &str| Some(p.to_owned());
        assert_eq!(of(".env"), (None, false));
        assert_eq!(of("a/.env.production"), (profile("production"), false));
        assert_eq!(of("values-prod.yaml"), (profile("prod"), false));
        assert_eq!(of("application-dev.yml"), (profile("dev"), false));
        assert_eq!(of("overlays/staging/config.yaml"), (profile("staging"), false));
        assert_eq!(of(".envs/.local/.django"), (profile("local"), false));
        assert_eq!(of(".env.example"), (None, true));
        assert_eq!(of("config.sample.json"), (None, true));
        assert_eq!(of(".env.prod.dist"), (profile("prod"), true));
        assert_eq!(of("env.template"), (None, true));
        assert_eq!(of("template.yaml"), (None, false));
        assert_eq!(of("example.env"), (None, true));
    }

    #[test]
    fn steps_count_folders_between() {
        assert_eq!(steps("a/.env", "a/b.py"), 0);
        assert_eq!(steps(".env", "a/b/c.py"), 2);
        assert_eq!(steps("ab/x", "ac/y"), 2);
    }
}
