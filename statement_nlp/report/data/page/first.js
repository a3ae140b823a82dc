// Before anything is drawn: with scripts, one section shows at a time.
document.documentElement.className = "live";
