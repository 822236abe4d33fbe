-- why: a file is kept as long as an import is at work on it, and a day after; and what is forgotten is removed by whoever comes first, while the others pass over it.
grant update (forget_at) on stored_file to navigator_app;
