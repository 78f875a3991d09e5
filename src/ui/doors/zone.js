{
  const zone = document.querySelector("select[name=zone]");
  if (zone && !zone.dataset.chosen) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...zone.options].some(it => it.value === own)) zone.value = own;
  }
}
