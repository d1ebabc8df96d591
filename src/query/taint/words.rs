//! What functions of the languages' own libraries do to content, told by their names.

/// Functions and methods of the standard libraries whose result is their argument in another form.
pub(super) fn carries(name: &str) -> bool {
    const CARRIERS: &[&str] = &[
        "str",
        "String",
        "repr",
        "bytes",
        "bytearray",
        "dumps",
        "dump",
        "stringify",
        "loads",
        "parse",
        "format",
        "format_map",
        "join",
        "strip",
        "lstrip",
        "rstrip",
        "trim",
        "trimEnd",
        "trimStart",
        "lower",
        "upper",
        "title",
        "capitalize",
        "toLowerCase",
        "toUpperCase",
        "toString",
        "encode",
        "decode",
        "replace",
        "replaceAll",
        "split",
        "splitlines",
        "slice",
        "substring",
        "substr",
        "concat",
        "dedent",
        "indent",
        "fill",
        "wrap",
        "shorten",
        "escape",
        "unescape",
        "quote",
        "urlencode",
        "encodeURIComponent",
        "b64encode",
        "b64decode",
        "from",
        "read",
        "getvalue",
        "text",
        "json",
        "html",
        "sub",
        "normalize",
        "model_dump",
        "model_dump_json",
        "dict",
        "asdict",
        "to_dict",
        "to_json",
        "to_string",
        "to_csv",
        "to_markdown",
        "to_html",
        "toJSON",
        "render",
        "substitute",
        "safe_substitute",
        "list",
        "tuple",
        "set",
        "sorted",
        "reversed",
        "enumerate",
        "zip",
        "map",
        "filter",
        "reduce",
        "max",
        "min",
        "sum",
        "Object",
        "Array",
        "Map",
        "Set",
        "Buffer",
        "Blob",
        "File",
        "values",
        "entries",
        "items",
        "pformat",
        "vars",
        "hexdigest",
        "digest",
        "update",
        "isoformat",
        "strftime",
        "toISOString",
        "toFixed",
        "at",
        "head",
        "tail",
        "iterrows",
        "itertuples",
        "tolist",
    ];
    CARRIERS.contains(&name)
}

/// Methods whose first argument is what they take out of a text.
pub(super) fn replaces(name: &str) -> bool {
    matches!(name, "replace" | "replaceAll" | "removeprefix" | "removesuffix" | "strip")
}

/// Functions and methods that write an object out with all it holds.
pub(super) fn writes_out(name: &str) -> bool {
    const WRITERS: &[&str] = &[
        "asdict",
        "to_dict",
        "model_dump",
        "model_dump_json",
        "dict",
        "vars",
        "dumps",
        "dump",
        "stringify",
        "toJSON",
    ];
    WRITERS.contains(&name)
}

/// Functions and methods of the standard libraries whose result has the fields of their argument.
pub(super) fn keeps_fields(name: &str) -> bool {
    const SAME: &[&str] = &[
        "loads",
        "parse",
        "toObject",
        "json",
        "copy",
        "deepcopy",
        "structuredClone",
        "str",
        "String",
        "repr",
        "lean",
    ];
    writes_out(name) || SAME.contains(&name)
}

/// Attributes that tell about a container, not what is in it.
pub(super) fn is_about(name: &str) -> bool {
    const ABOUT: &[&str] = &[
        "length",
        "size",
        "shape",
        "dtypes",
        "dtype",
        "columns",
        "ndim",
        "byteLength",
        "status_code",
        "__class__",
        "__name__",
        "__doc__",
        "constructor",
    ];
    ABOUT.contains(&name)
}

/// Verbs of functions whose result is found, not made from the arguments.
pub(super) fn is_lookup(name: &str) -> bool {
    const VERBS: &[&str] = &[
        "get", "find", "fetch", "load", "lookup", "query", "select", "retrieve", "search", "first", "one",
        "scalar", "scalars", "execute",
    ];
    let lower = name.to_ascii_lowercase();
    VERBS.iter().any(|v| lower == *v || lower.strip_prefix(v).is_some_and(|r| r.starts_with('_')))
        || VERBS.iter().any(|v| name.strip_prefix(v).is_some_and(|r| r.starts_with(char::is_uppercase)))
}
