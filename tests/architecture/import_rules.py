"""The gap that import-linter leaves: across apps only the public rooms may be entered."""

import grimp

PUBLIC_ROOMS = {"services", "queries", "events", "domain"}
PUBLIC_MODULES = {"edge.keys"}
COMPOSITION_ROOT = "project"
ROOMS_FOR_THE_ROOT = PUBLIC_ROOMS | {"handlers"}


def private_imports(package: str) -> list[str]:
    """Direct imports of another app's private rooms, as sentences. Migrations are exempt."""
    graph = grimp.build_graph(package, cache_dir=None)
    apps = {module for module in graph.find_children(package) if graph.find_children(module)}
    found = []
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            problem = _judge(package, apps, importer, imported)
            found += [problem] if problem else []
    return found


def _judge(package: str, apps: set[str], importer: str, imported: str) -> str:
    here, there = _app(importer), _app(imported)
    at_the_door = importer == f"{package}.__main__"  # the command starts the composition root
    if here == there or there not in apps or ".migrations." in importer or at_the_door:
        return ""
    inside = imported.removeprefix(f"{there}.")
    at_root = here == f"{package}.{COMPOSITION_ROOT}"
    rooms = ROOMS_FOR_THE_ROOT if at_root else PUBLIC_ROOMS
    if at_root and importer.endswith("urls"):
        rooms = rooms | {"urls", "views"}
    if inside.split(".")[0] in rooms:
        return ""
    if imported.removeprefix(f"{package}.") in PUBLIC_MODULES:
        return ""
    return (
        f"{importer} imports {imported}. Across apps only {', '.join(sorted(PUBLIC_ROOMS))} "
        "are public; ask for a query or a service there."
    )


def _app(module: str) -> str:
    return ".".join(module.split(".")[:2])
