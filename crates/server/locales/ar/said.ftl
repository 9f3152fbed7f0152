# قلتم ففعلنا
said-title = قلتم ففعلنا
said-intro = ما اقترحتموه لمساعدة عملائنا، وما تفعله الشركة به.
said-empty-title = لا يوجد ما يُقرأ هنا بعد
said-empty = لا تزال الأفكار قيد القراءة. عُد لاحقاً.
said-status-heard = سُمع
said-status-chosen = اختير
said-status-in_work = قيد العمل
said-status-done = تم
said-status-not_now = ليس الآن
said-group-in_work = ما نعمل عليه
said-group-done = تم
said-group-heard = سُمع
said-group-not_now = ليس الآن، ولماذا
said-people = { $count ->
    [one] اقترحه شخص واحد.
    [two] اقترحه شخصان.
    [few] اقترحه { $count } أشخاص.
   *[other] اقترحه { $count } شخصاً.
}
said-few = { $count ->
    [few] اقترحه أقل من { $count } أشخاص.
   *[other] اقترحه أقل من { $count } شخصاً.
}
said-why = لماذا:
said-customers = العملاء منذ ذلك الحين:
said-promise = { $count ->
    [few] لا تُذكر الأعداد إلا ابتداءً من { $count } أشخاص، حتى لا يُعرف أحد.
   *[other] لا تُذكر الأعداد إلا ابتداءً من { $count } شخصاً، حتى لا يُعرف أحد.
}
