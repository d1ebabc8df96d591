//! How values leave one part of a program and arrive in another: `rules/hops.toml`.

use serde::Deserialize;

/// Requests to routes of the same program, messages under a key, functions called elsewhere.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hops {
    /// Requests and the routes they arrive at.
    pub route: Routes,
    /// Queues and messages.
    #[serde(default)]
    pub channel: Vec<Channel>,
    /// Functions that are called elsewhere by a method of their own.
    pub function: Forwards,
    /// Functions that a chain or an agent is put together from.
    pub parts: Parts,
}

/// How routes are registered and requested.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routes {
    /// Registrations for one method of HTTP, by its name.
    pub verbs: Vec<String>,
    /// Registrations for several.
    pub several: Vec<String>,
    /// Paths of objects whose routes are not mounted below another path.
    pub complete: Vec<String>,
    /// Ids of the source rules that are the content of a request.
    pub sources: Vec<String>,
    /// Keys by which the content is read off a request, dotted.
    pub within: Vec<String>,
    /// Files that are routes by their place.
    pub file: Vec<RouteFile>,
    /// Calls that request a route.
    pub send: Vec<Send>,
}

/// Files that are routes by their place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteFile {
    /// The folder they lie below.
    pub root: String,
    /// What their paths begin with.
    #[serde(default)]
    pub prefix: String,
    /// The name of the file where its folder is the route; otherwise the file's own name is the last part.
    pub leaf: Option<String>,
}

/// A call that sends something away.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// `python`, `typescript` or `any`.
    pub language: String,
    /// Dotted paths of the call; globs.
    pub call: Vec<String>,
    /// Which argument says where to; `new.N` is one of the call that made the object. None where there is no key.
    pub key: Option<String>,
    /// Which argument names the method of HTTP, when the call's own name does not.
    pub method: Option<String>,
    /// The arguments that are sent: the first for the handler's parameter, the next for the one after it. Of a request,
    /// each is the whole content.
    #[serde(default)]
    pub values: Vec<String>,
    /// The argument that holds a list of positional arguments for the handler.
    pub arguments: Option<String>,
    /// The argument that holds keyword arguments for the handler.
    pub keywords: Option<String>,
}

/// What is sent under a key, and who receives it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Stable id.
    pub id: String,
    /// Calls that send.
    pub send: Vec<Send>,
    /// Registrations of handlers.
    pub receive: Vec<Receive>,
}

/// How a handler is registered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    /// Dotted paths of the call or the decorator that registers it; globs.
    pub call: Vec<String>,
    /// Which argument of it says what is received.
    pub key: Option<String>,
    /// The parameter that receives the first value.
    #[serde(default)]
    pub parameter: u32,
    /// Keys by which the value is read off that parameter, dotted; none where it is the value.
    #[serde(default)]
    pub within: Vec<String>,
    /// Whether the handler's own name, after that of its module, is a key as well.
    #[serde(default)]
    pub own_name: bool,
    /// The switch of the registration that gives the handler one parameter more, in front.
    pub skips: Option<String>,
}

/// Methods of a function that have it called elsewhere.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forwards {
    /// Those whose arguments are the function's.
    pub forward: Vec<String>,
    /// Those that take a list of arguments and a table of keyword arguments.
    pub packed: Vec<String>,
    /// Where they take the list.
    pub arguments: Vec<String>,
    /// Where they take the table.
    pub keywords: Vec<String>,
    /// The switch of the decorator that gives the function one parameter more, in front.
    pub skips: String,
}

/// Functions that a chain or an agent is put together from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Arguments, or fields of the options, that hold tools.
    pub tools: Vec<String>,
    /// Paths of calls all of whose arguments may be functions that are steps.
    pub steps: Vec<String>,
    /// Methods of a tool's class that do its work.
    pub methods: Vec<String>,
    /// Decorators of an agent object that make a function a part of it.
    pub decorators: Vec<String>,
    /// Paths of calls that put a function into a graph with one state.
    pub nodes: Vec<String>,
    /// Methods of a compiled graph whose first argument is its first state.
    pub starts: Vec<String>,
}
