# Lo dijisteis, lo hicimos.
said-title = Lo dijisteis, lo hicimos
said-intro = Lo que propusisteis para ayudar a nuestros clientes, y lo que hace la empresa con ello.
said-empty-title = Todavía no hay nada que leer
said-empty = Las ideas se están leyendo. Vuelve más adelante.
said-status-heard = Escuchado
said-status-chosen = Elegido
said-status-in_work = En marcha
said-status-done = Hecho
said-status-not_now = Ahora no
said-group-in_work = En qué trabajamos
said-group-done = Hecho
said-group-heard = Escuchado
said-group-not_now = Ahora no, y por qué
said-people = { $count ->
    [one] Una persona lo propuso.
   *[other] { $count } personas lo propusieron.
}
said-few = Propuesto por menos de { $count } personas.
said-why = Por qué:
said-customers = Los clientes desde entonces:
said-promise = Los números se dicen a partir de { $count } personas, para que no se pueda encontrar a nadie.
