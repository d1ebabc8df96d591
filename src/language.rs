//! Which programming language a file is written in, and in what form, told from its name alone.

/// The languages that are lowered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Language {
    /// Python, stubs included.
    Python,
    /// TypeScript without JSX, where `<T>x` is a cast.
    TypeScript,
    /// TypeScript with JSX; plain JavaScript parses with the same grammar.
    Tsx,
}

impl Language {
    /// The name rules use: `python`, or `typescript` for TypeScript and JavaScript alike.
    pub fn family(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::TypeScript | Language::Tsx => "typescript",
        }
    }

    /// The language of a path, by its extension; nothing for files that are no source code as a whole.
    pub fn of(path: &str) -> Option<Language> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "py" | "pyi" => Some(Language::Python),
            "ts" | "mts" | "cts" => Some(Language::TypeScript),
            "tsx" | "js" | "jsx" | "mjs" | "cjs" => Some(Language::Tsx),
            _ => None,
        }
    }
}

/// In what form a file holds code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The file is the code.
    Plain(Language),
    /// A Jupyter notebook; its metadata say the language.
    Notebook,
    /// Scripts in a page of markup.
    Component(Markup),
}

/// The dialects of single-file components.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Markup {
    Vue,
    Svelte,
    Astro,
}

impl Form {
    /// The form of a path, by its extension; nothing for files that hold no source code.
    pub fn of(path: &str) -> Option<Form> {
        if let Some(language) = Language::of(path) {
            return Some(Form::Plain(language));
        }
        match path.rsplit('/').next()?.rsplit_once('.')?.1 {
            "ipynb" => Some(Form::Notebook),
            "vue" => Some(Form::Component(Markup::Vue)),
            "svelte" => Some(Form::Component(Markup::Svelte)),
            "astro" => Some(Form::Component(Markup::Astro)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_decides() {
        assert_eq!(Language::of("a/b.pyi"), Some(Language::Python));
        assert_eq!(Language::of("a/b.d.mts"), Some(Language::TypeScript));
        assert_eq!(Language::of("x.cjs"), Some(Language::Tsx));
        assert_eq!(Language::of("a.py/README"), None);
        assert_eq!(Language::of("py"), None);
    }
}
