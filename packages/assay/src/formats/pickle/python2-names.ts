/** Modules of Python 2 and what Python 3 loads for them (Lib/_compat_pickle.py of CPython 3.13, IMPORT_MAPPING). */
const MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    __builtin__: "builtins",
    copy_reg: "copyreg",
    Queue: "queue",
    SocketServer: "socketserver",
    ConfigParser: "configparser",
    repr: "reprlib",
    tkFileDialog: "tkinter.filedialog",
    tkSimpleDialog: "tkinter.simpledialog",
    tkColorChooser: "tkinter.colorchooser",
    tkCommonDialog: "tkinter.commondialog",
    Dialog: "tkinter.dialog",
    Tkdnd: "tkinter.dnd",
    tkFont: "tkinter.font",
    tkMessageBox: "tkinter.messagebox",
    ScrolledText: "tkinter.scrolledtext",
    Tkconstants: "tkinter.constants",
    Tix: "tkinter.tix",
    ttk: "tkinter.ttk",
    Tkinter: "tkinter",
    FileDialog: "tkinter.filedialog",
    SimpleDialog: "tkinter.simpledialog",
    markupbase: "_markupbase",
    _winreg: "winreg",
    thread: "_thread",
    dummy_thread: "_dummy_thread",
    dbhash: "dbm.bsd",
    dumbdbm: "dbm.dumb",
    dbm: "dbm.ndbm",
    gdbm: "dbm.gnu",
    anydbm: "dbm",
    whichdb: "dbm",
    xmlrpclib: "xmlrpc.client",
    SimpleXMLRPCServer: "xmlrpc.server",
    DocXMLRPCServer: "xmlrpc.server",
    httplib: "http.client",
    htmlentitydefs: "html.entities",
    HTMLParser: "html.parser",
    Cookie: "http.cookies",
    cookielib: "http.cookiejar",
    BaseHTTPServer: "http.server",
    SimpleHTTPServer: "http.server",
    CGIHTTPServer: "http.server",
    "test.test_support": "test.support",
    commands: "subprocess",
    urlparse: "urllib.parse",
    robotparser: "urllib.robotparser",
    urllib2: "urllib.request",
    _abcoll: "collections.abc",
    cPickle: "pickle",
    _elementtree: "xml.etree.ElementTree",
    UserDict: "collections",
    UserList: "collections",
    UserString: "collections",
    StringIO: "io",
    cStringIO: "io",
  }),
);

type Moved = readonly [old: string, now: readonly [module: string, name: string]];

/** Single names that moved, by module and name with a blank between (NAME_MAPPING); the exceptions below are the rest. */
const NAMES: ReadonlyMap<string, readonly [module: string, name: string]> = new Map<string, readonly [string, string]>([
  ["__builtin__ xrange", ["builtins", "range"]],
  ["__builtin__ reduce", ["functools", "reduce"]],
  ["__builtin__ intern", ["sys", "intern"]],
  ["__builtin__ unichr", ["builtins", "chr"]],
  ["__builtin__ unicode", ["builtins", "str"]],
  ["__builtin__ basestring", ["builtins", "str"]],
  ["__builtin__ long", ["builtins", "int"]],
  ["itertools izip", ["builtins", "zip"]],
  ["itertools imap", ["builtins", "map"]],
  ["itertools ifilter", ["builtins", "filter"]],
  ["itertools ifilterfalse", ["itertools", "filterfalse"]],
  ["itertools izip_longest", ["itertools", "zip_longest"]],
  ["UserDict IterableUserDict", ["collections", "UserDict"]],
  ["whichdb whichdb", ["dbm", "whichdb"]],
  ["_socket fromfd", ["socket", "fromfd"]],
  ["socket _socketobject", ["socket", "SocketType"]],
  ["_multiprocessing Connection", ["multiprocessing.connection", "Connection"]],
  ["multiprocessing.process Process", ["multiprocessing.context", "Process"]],
  ["multiprocessing.forking Popen", ["multiprocessing.popen_fork", "Popen"]],
  ["exceptions StandardError", ["builtins", "Exception"]],
  ["urllib ContentTooShortError", ["urllib.error", "ContentTooShortError"]],
  ...["getproxies", "pathname2url", "url2pathname", "urlcleanup", "urlopen", "urlretrieve"].map((name): Moved => [
    `urllib ${name}`,
    ["urllib.request", name],
  ]),
  ...["quote", "quote_plus", "unquote", "unquote_plus", "urlencode"].map((name): Moved => [`urllib ${name}`, ["urllib.parse", name]]),
  ...["HTTPError", "URLError"].map((name): Moved => [`urllib2 ${name}`, ["urllib.error", name]]),
]);

/**
 * The names that Python 3 loads for a global of a stream of protocol 0 to 2, as `find_class` maps them. Names that it
 * leaves alone come back as they are.
 */
export function fromPython2(module: string, name: string): readonly [module: string, name: string] {
  const moved = NAMES.get(`${module} ${name}`);
  if (moved !== undefined) return moved;
  // All of NAME_MAPPING under this module are exceptions of the same name.
  if (module === "exceptions" && /^[A-Z]/.test(name)) return ["builtins", name];
  return [MODULES.get(module) ?? module, name];
}
